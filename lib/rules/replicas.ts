import { Cluster } from '../cluster';
import { isWhole } from './numbers';
import { rule, Rule } from './rule';

/** Rules on `replicas`. */
export const replicasRules: readonly Rule<Cluster>[] = [
  rule(
    'replicas',
    'is a whole number, at least 1 (the primary)',
    ({ replicas }) => isWhole(replicas, 1),
    ({ replicas }) =>
      `replicas: ${replicas} is not a number of instances. Use a whole number, at least 1 (the primary)`,
  ),
];
