import { Cluster } from '../cluster';
import { seconds } from '../quantities';
import { wholeSeconds } from './numbers';
import { rule, Rule } from './rule';

/** What a server needs at least to shut down cleanly, in seconds. */
const SHUTDOWN = 10;

/** Rules on `termination`. */
export const terminationRules: readonly Rule<Cluster>[] = [
  wholeSeconds('termination.preStop', 0, 'Duration.seconds(5)', ({ termination }) => termination.preStop),
  wholeSeconds('termination.gracePeriod', 0, 'Duration.minutes(5)', ({ termination }) => termination.gracePeriod),
  rule(
    'termination.gracePeriod',
    `is at least ${SHUTDOWN} s more than \`termination.preStop\``,
    ({ termination: { preStop, gracePeriod } }) => seconds(gracePeriod) >= seconds(preStop) + SHUTDOWN,
    ({ termination: { preStop, gracePeriod } }) =>
      `termination.gracePeriod: ${seconds(gracePeriod)} s leaves less than ${SHUTDOWN} s for a clean shutdown after termination.preStop (${seconds(preStop)} s). Use at least ${seconds(preStop) + SHUTDOWN} s`,
  ),
];
