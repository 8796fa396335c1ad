import { k8s } from 'cdk8s-plus-28';
import { XtrabackupParameters } from '../scripts/xtrabackup';

/** The containers that every pod has. */
export type ContainerName = 'init-mysql' | 'clone-mysql' | 'mysql' | 'xtrabackup';

/** The additions of one feature to the pod. No other file of this folder asks whether the feature is on. */
export interface Contribution {
  readonly volumes?: readonly k8s.Volume[];
  /** Mounts by container. */
  readonly mounts?: { readonly [name in ContainerName]?: readonly k8s.VolumeMount[] };
  /** Parameters of the sidecar's script. */
  readonly sidecar?: Partial<XtrabackupParameters>;
  /** Name of the pod's ServiceAccount. The pod mounts no token unless `volumes` has one. */
  readonly serviceAccountName?: string;
}
