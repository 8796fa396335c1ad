import { Cluster } from '../cluster';
import { wholeNumber } from './numbers';
import { rule, Rule } from './rule';

/** Rules on `disruption`. */
export const disruptionRules: readonly Rule<Cluster>[] = [
  // With 0, no drain would ever end.
  wholeNumber('disruption.maxUnavailable', 1, 'a number of instances', ({ disruption }) => disruption.maxUnavailable),
  rule(
    'disruption.maxUnavailable',
    'is not set if `disruption.budget` is `false`',
    ({ disruption: { budget, maxUnavailable } }) => budget || maxUnavailable === undefined,
    ({ disruption: { maxUnavailable } }) =>
      `disruption.maxUnavailable: ${maxUnavailable} has no effect with disruption.budget: false. Leave out one of the two`,
  ),
];
