import { Duration } from 'cdk8s';

/** How a pod ends. */
export interface TerminationProps {
  /**
   * How long the server goes on answering after its pod has left the endpoints, for clients that do not know yet.
   * @default Duration.seconds(5)
   */
  readonly preStop?: Duration;

  /**
   * How long the server may take to shut down cleanly, preStop included, before it is killed. At least 10 s more than
   * preStop.
   * @default Duration.minutes(5)
   */
  readonly gracePeriod?: Duration;
}
