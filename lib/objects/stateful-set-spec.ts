import { Size } from 'cdk8s';
import { k8s, PodManagementPolicy } from 'cdk8s-plus-28';
import { ClaimRetention } from '../options/storage';

/** The claim of each pod for one volume. */
interface Claim {
  readonly name: string;
  readonly size: Size;
  readonly storageClassName?: string;
  readonly accessModes: string[];
}

/** Parameters of a StatefulSet. */
interface StatefulSetParameters {
  /** Name of the headless Service. */
  readonly serviceName: string;
  readonly selector: Record<string, string>;
  readonly replicas: number;
  readonly podManagementPolicy: PodManagementPolicy;
  /** Lowest ordinal of the pods that a change updates. */
  readonly partition: number;
  readonly claims: readonly Claim[];
  readonly claimRetention: ClaimRetention;
  readonly template: k8s.PodTemplateSpec;
}

/**
 * A StatefulSet whose claim templates are written as Kubernetes returns them. It takes all of them as one value, so what
 * is missing is a conflict for a second manager of server-side apply, and a difference for tools that compare.
 */
export class CompleteStatefulSet extends k8s.KubeStatefulSet {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as cdk8s declares it
  public override toJson(): any {
    const json = super.toJson();
    const claims: object[] | undefined = json.spec.volumeClaimTemplates;
    if (!claims) return json;
    const complete = (claim: object) => ({
      ...k8s.KubePersistentVolumeClaim.GVK,
      ...claim,
      status: { phase: 'Pending' },
    });
    return { ...json, spec: { ...json.spec, volumeClaimTemplates: claims.map(complete) } };
  }
}

/** A StatefulSet with claim templates. These are immutable, so they have no metadata but their names. */
export function statefulSetSpec(parameters: StatefulSetParameters): k8s.StatefulSetSpec {
  const { serviceName, selector, replicas, podManagementPolicy, partition, claims, template } = parameters;
  const { _whenDeleted: whenDeleted, _whenScaled: whenScaled } = parameters.claimRetention;
  return {
    selector: { matchLabels: selector },
    serviceName,
    replicas,
    podManagementPolicy,
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition } },
    persistentVolumeClaimRetentionPolicy: whenDeleted || whenScaled ? { whenDeleted, whenScaled } : undefined,
    template,
    volumeClaimTemplates: claims.length ? claims.map(claimTemplate) : undefined,
  };
}

function claimTemplate({ name, size, storageClassName, accessModes }: Claim): k8s.KubePersistentVolumeClaimProps {
  return {
    metadata: { name },
    spec: {
      accessModes,
      storageClassName,
      volumeMode: 'Filesystem',
      resources: { requests: { storage: k8s.Quantity.fromString(size.asString()) } },
    },
  };
}
