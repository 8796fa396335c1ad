import { Duration } from 'cdk8s';
import { terminationRules } from '../../lib/rules/termination';
import { testRules } from '../support/rules';

testRules(terminationRules, [
  [
    'termination.preStop is a whole number of seconds',
    [
      [
        { termination: { preStop: Duration.millis(1500) } },
        'termination.preStop: 1.5 s is not a whole number of seconds. Use one, for example Duration.seconds(5)',
      ],
    ],
    [{ termination: { preStop: Duration.seconds(0) } }, { termination: { preStop: Duration.millis(2000) } }],
  ],
  [
    'termination.gracePeriod is a whole number of seconds',
    [
      [
        { termination: { gracePeriod: Duration.millis(60_500) } },
        'termination.gracePeriod: 60.5 s is not a whole number of seconds. Use one, for example Duration.minutes(5)',
      ],
    ],
    [{ termination: { gracePeriod: Duration.hours(2) } }],
  ],
  [
    'termination.gracePeriod leaves time for a shutdown after preStop',
    [
      [
        { termination: { gracePeriod: Duration.seconds(14) } },
        'termination.gracePeriod: 14 s leaves less than 10 s for a clean shutdown after termination.preStop (5 s). Use at least 15 s',
      ],
      [
        { termination: { preStop: Duration.seconds(30), gracePeriod: Duration.seconds(30) } },
        'termination.gracePeriod: 30 s leaves less than 10 s for a clean shutdown after termination.preStop (30 s). Use at least 40 s',
      ],
    ],
    [
      { termination: { gracePeriod: Duration.seconds(15) } },
      { termination: { preStop: Duration.seconds(0), gracePeriod: Duration.seconds(10) } },
    ],
  ],
]);
