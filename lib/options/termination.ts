import { Duration } from 'cdk8s';

/**
 * Termination of a pod.
 *
 * @example
 * // A load balancer needs 15 seconds to notice, and a large buffer pool needs time to be written.
 * new ReplicatedMySql(chart, 'mysql', {
 *   termination: { preStop: Duration.seconds(15), gracePeriod: Duration.minutes(20) },
 * });
 */
export interface TerminationProps {
  /**
   * How long the server goes on answering after its pod has left the endpoints, for clients that have not noticed yet.
   * In whole seconds.
   * @default Duration.seconds(5)
   */
  readonly preStop?: Duration;

  /**
   * How long the pod may take to end before it is killed: preStop, then a clean shutdown of the server. In whole
   * seconds, at least 10 s more than preStop.
   * @default Duration.minutes(5)
   */
  readonly gracePeriod?: Duration;
}
