import { Cluster } from '../cluster';
import { wholeSeconds } from './numbers';
import { rule, Rule } from './rule';

/** Rules on `reads`. */
export const readsRules: readonly Rule<Cluster>[] = [
  rule(
    'reads.from',
    'leaves at least one instance that serves reads',
    ({ replicas, reads: { from } }) => replicas !== 1 || !from._replicasOnly || from._fallBackToPrimary,
    ({ replicas }) =>
      `reads.from: replicas: ${replicas} leaves no replica to read from. Use more replicas, or set fallBackToPrimary to true`,
  ),
  wholeSeconds('reads.maxLag', 1, 'Duration.seconds(30)', ({ reads }) => reads.maxLag),
  wholeSeconds('reads.maxStandstill', 60, 'Duration.minutes(10)', ({ reads }) => reads.maxStandstill),
];
