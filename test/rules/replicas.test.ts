import { Reads, ReplicatedMySqlProps } from '../../lib';
import { replicasRules } from '../../lib/rules/replicas';
import { testRules } from '../support/rules';

testRules(replicasRules, [
  [
    'replicas is a whole number, at least 1',
    [0, -1, 1.5, NaN, Infinity].flatMap((replicas) =>
      [Reads.everywhere(), Reads.fromReplicas()].map((from): [ReplicatedMySqlProps, string] => [
        { replicas, reads: { from } },
        `replicas: ${replicas} is not a number of instances. Use a whole number, at least 1 (the primary)`,
      ]),
    ),
    [{ replicas: 1 }, { replicas: 40 }],
  ],
]);
