import { updateRules } from '../../lib/rules/update';
import { testRules } from '../support/rules';

testRules(updateRules, [
  [
    'update.partition is an ordinal',
    [-1, 0.5, NaN].map((partition) => [
      { update: { partition } },
      `update.partition: ${partition} is not an ordinal. Use a whole number, at least 0`,
    ]),
    [{ update: { partition: 0 } }, { update: { partition: 100 } }],
  ],
]);
