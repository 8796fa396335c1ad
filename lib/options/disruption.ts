/** Limit on the instances that drains of nodes take at once. */
export interface DisruptionProps {
  /**
   * Emits a PodDisruptionBudget.
   * @default true
   */
  readonly budget?: boolean;

  /**
   * Number of instances that may be unavailable, for whatever reason, when a drain takes one of them. A drain that would
   * exceed it waits.
   * @default 1
   * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
   */
  readonly maxUnavailable?: number;
}
