import { disruptionRules } from '../../lib/rules/disruption';
import { testRules } from '../support/rules';

testRules(disruptionRules, [
  [
    'disruption.maxUnavailable is a whole number, at least 1',
    [0, 1.5, NaN].map((maxUnavailable) => [
      { disruption: { maxUnavailable } },
      `disruption.maxUnavailable: ${maxUnavailable} is not a number of instances. Use a whole number, at least 1`,
    ]),
    [{ disruption: { maxUnavailable: 2 } }],
  ],
  [
    'disruption.maxUnavailable needs a budget',
    [
      [
        { disruption: { budget: false, maxUnavailable: 2 } },
        'disruption.maxUnavailable: 2 has no effect with disruption.budget: false. Leave out one of the two',
      ],
    ],
    [{ disruption: { budget: false } }, { disruption: { budget: true, maxUnavailable: 2 } }],
  ],
]);
