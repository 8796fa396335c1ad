/** How many instances drains of nodes may take at once. */
export interface DisruptionProps {
  /**
   * Whether to emit a PodDisruptionBudget.
   * @default true
   */
  readonly budget?: boolean;

  /**
   * How many instances may be unavailable, for whatever reason, while a drain takes another one. A drain waits as long
   * as there are more.
   * @default 1
   * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
   */
  readonly maxUnavailable?: number;
}
