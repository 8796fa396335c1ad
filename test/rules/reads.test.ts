import { Duration } from 'cdk8s';
import { Reads } from '../../lib';
import { readsRules } from '../../lib/rules/reads';
import { testRules } from '../support/rules';

testRules(readsRules, [
  [
    'reads.from leaves an instance to read from',
    [
      [
        { replicas: 1, reads: { from: Reads.fromReplicas({ fallBackToPrimary: false }) } },
        'reads.from: replicas: 1 leaves no replica to read from. Use more replicas, or set fallBackToPrimary to true',
      ],
    ],
    [
      { replicas: 1, reads: { from: Reads.fromReplicas() } },
      { replicas: 2, reads: { from: Reads.fromReplicas({ fallBackToPrimary: false }) } },
    ],
  ],
  [
    'reads.maxLag is a whole number of seconds, at least 1',
    [0, 1.5].map((seconds) => [
      { reads: { maxLag: Duration.millis(seconds * 1000) } },
      `reads.maxLag: ${seconds} s is not a whole number of seconds, at least 1. Use one, for example Duration.seconds(30)`,
    ]),
    [{ reads: { maxLag: Duration.seconds(1) } }],
  ],
  [
    'reads.maxStandstill is a whole number of seconds, at least 60',
    [59, 60.5].map((seconds) => [
      { reads: { maxStandstill: Duration.millis(seconds * 1000) } },
      `reads.maxStandstill: ${seconds} s is not a whole number of seconds, at least 60. Use one, for example Duration.minutes(10)`,
    ]),
    [{ reads: { maxStandstill: Duration.seconds(60) } }],
  ],
]);
