import { Cluster } from '../cluster';
import { rule, Rule } from './rule';

/** Rules on `network`. */
export const networkRules: readonly Rule<Cluster>[] = [
  rule(
    'network.clients',
    'is not set if `network.policy` is `false`',
    ({ network: { policy, clients } }) => policy || clients === undefined,
    () =>
      'network.clients: has no effect with network.policy: false, which omits the NetworkPolicy. Leave out one of the two',
  ),
];
