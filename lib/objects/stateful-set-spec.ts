import { Size } from 'cdk8s';
import { k8s, PodManagementPolicy } from 'cdk8s-plus-28';
import { ClaimRetention } from '../options/storage';

/** The volume that each pod gets. */
export interface Claim {
  readonly name: string;
  readonly size: Size;
  readonly storageClassName?: string;
  readonly accessModes: string[];
}

/** What a StatefulSet has beside its pod template. */
export interface StatefulSetShape {
  /** Name of the headless Service. */
  readonly serviceName: string;
  readonly selector: Record<string, string>;
  readonly replicas: number;
  readonly podManagementPolicy: PodManagementPolicy;
  /** Only pods of this ordinal or a higher one are updated. */
  readonly partition: number;
  readonly claims: readonly Claim[];
  readonly claimRetention: ClaimRetention;
}

/** A StatefulSet with claim templates, which have no metadata but their names: all of it is immutable. */
export function statefulSetSpec(shape: StatefulSetShape, template: k8s.PodTemplateSpec): k8s.StatefulSetSpec {
  const { whenDeleted, whenScaled } = shape.claimRetention;
  return {
    selector: { matchLabels: shape.selector },
    serviceName: shape.serviceName,
    replicas: shape.replicas,
    podManagementPolicy: shape.podManagementPolicy === PodManagementPolicy.PARALLEL ? 'Parallel' : 'OrderedReady',
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: shape.partition } },
    persistentVolumeClaimRetentionPolicy: whenDeleted || whenScaled ? { whenDeleted, whenScaled } : undefined,
    template,
    volumeClaimTemplates: shape.claims.length ? shape.claims.map(claimTemplate) : undefined,
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
