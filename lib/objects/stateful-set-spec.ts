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

/** A StatefulSet with claim templates. These are immutable, so they have no metadata but their names. */
export function statefulSetSpec(parameters: StatefulSetParameters): k8s.StatefulSetSpec {
  const { serviceName, selector, replicas, podManagementPolicy, partition, claims, template } = parameters;
  const { whenDeleted, whenScaled } = parameters.claimRetention;
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
      resources: { requests: { storage: k8s.Quantity.fromString(size.asString()) } },
    },
  };
}
