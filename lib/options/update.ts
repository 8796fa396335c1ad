/** Rollout of changes to the pods. */
export interface UpdateProps {
  /**
   * Lowest ordinal of the pods that a change updates. Pods with a lower one keep what they have.
   * @default 0
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#partitions
   */
  readonly partition?: number;
}
