import { Cluster } from '../cluster';
import { wholeSeconds } from './numbers';
import { Rule } from './rule';

/** Rules on `opening`. */
export const openingRules: readonly Rule<Cluster>[] = [
  wholeSeconds('opening.waitForPeers', 60, 'Duration.minutes(15)', ({ opening }) => opening.waitForPeers),
];
