import { k8s } from 'cdk8s-plus-28';
import { XtrabackupParameters } from '../scripts/xtrabackup';

/** The containers that every pod has. */
export type ContainerName = 'init-mysql' | 'clone-mysql' | 'mysql' | 'xtrabackup';

/** The additions of one feature to the pod. No other file of this folder asks whether the feature is on. */
export interface Contribution {
  readonly volumes?: readonly k8s.Volume[];
  /** Mounts by container. */
  readonly mounts?: { readonly [name in ContainerName]?: readonly k8s.VolumeMount[] };
  /** Environment by container. */
  readonly env?: { readonly [name in ContainerName]?: readonly k8s.EnvVar[] };
  /** Containers after those that every pod has, so that kubectl chooses one of these. */
  readonly containers?: readonly k8s.Container[];
  /** Init containers before those that every pod has. */
  readonly initContainers?: readonly k8s.Container[];
  /** Parameters of the sidecar's script. */
  readonly sidecar?: Partial<XtrabackupParameters>;
  /** Name of the pod's ServiceAccount. The pod mounts no token unless `volumes` has one. */
  readonly serviceAccountName?: string;
}
