import { k8s } from 'cdk8s-plus-28';

/** Where pods run. Fields of the pod template of the same names. */
export interface SchedulingProps {
  /** @default - none */
  readonly affinity?: k8s.Affinity;
  /** @default - none */
  readonly tolerations?: k8s.Toleration[];
  /** @default - none */
  readonly nodeSelector?: { readonly [key: string]: string };
  /** @default - over nodes, as far as possible */
  readonly topologySpreadConstraints?: k8s.TopologySpreadConstraint[];
  /** @default - the cluster's default priority */
  readonly priorityClassName?: string;
}
