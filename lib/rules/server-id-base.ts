import { Cluster } from '../cluster';
import { isWhole } from './numbers';
import { rule, Rule } from './rule';

/** Rules on `serverIdBase`. */
export const serverIdBaseRules: readonly Rule<Cluster>[] = [
  rule(
    'serverIdBase',
    'is a whole number, at least 1; added to the highest ordinal, it is at most 4294967295',
    (cluster) => isWhole(cluster.serverIdBase, 1, highest(cluster)),
    (cluster) =>
      `serverIdBase: ${cluster.serverIdBase} plus an ordinal is not a server-id. Use a whole number from 1 to ${highest(cluster)}`,
  ),
];

/** The base with which the last instance has the highest server-id that there is. */
function highest({ replicas }: Cluster): number {
  return 2 ** 32 - (isWhole(replicas, 1) ? replicas : 1);
}
