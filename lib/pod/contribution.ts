import { k8s } from 'cdk8s-plus-28';
import { XtrabackupParameters } from '../scripts/xtrabackup';

/** The containers that every pod has. */
export type ContainerName = 'init-mysql' | 'clone-mysql' | 'mysql' | 'xtrabackup';

/** All that one feature adds to the pod, so that no other file of this folder asks whether it is on. */
export interface Contribution {
  readonly volumes?: readonly k8s.Volume[];
  readonly mounts?: { readonly [name in ContainerName]?: readonly k8s.VolumeMount[] };
  /** Parameters of the sidecar's script. */
  readonly sidecar?: Partial<XtrabackupParameters>;
  /** Name of the ServiceAccount of the pod, whose token a volume brings. */
  readonly serviceAccountName?: string;
}
