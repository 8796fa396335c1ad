import { Duration } from 'cdk8s';
import { openingRules } from '../../lib/rules/opening';
import { testRules } from '../support/rules';

testRules(openingRules, [
  [
    'opening.waitForPeers is a whole number of seconds, at least 60',
    [
      [
        { opening: { waitForPeers: Duration.seconds(30) } },
        'opening.waitForPeers: 30 s is not a whole number of seconds, at least 60. Use one, for example Duration.minutes(15)',
      ],
    ],
    [{}, { opening: { waitForPeers: Duration.minutes(1) } }],
  ],
]);
