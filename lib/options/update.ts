/** How changes reach pods. */
export interface UpdateProps {
  /**
   * Only pods with this ordinal or a higher one are updated.
   * @default 0
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#partitions
   */
  readonly partition?: number;
}
