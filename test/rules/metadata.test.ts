import { ReplicatedMySqlProps } from '../../lib';
import { metadataRules } from '../../lib/rules/metadata';
import { testRules } from '../support/rules';

testRules(metadataRules, [
  [
    'metadata does not set the labels of the library',
    [
      [
        { metadata: { podLabels: { app: 'mine' } } },
        'metadata.podLabels: "app: mine" is a label that the library sets. Use another key',
      ],
      [
        { metadata: { serviceLabels: { 'app.kubernetes.io/name': 'mine' } } },
        'metadata.serviceLabels: "app.kubernetes.io/name: mine" is a label that the library sets. Use another key',
      ],
      ...['reads', 'role', 'state'].map((label): [ReplicatedMySqlProps, string] => [
        { metadata: { podLabels: { [`replicated-mysql/${label}`]: 'mine' } } },
        `metadata.podLabels: "replicated-mysql/${label}: mine" is a label that the library sets. Use another key`,
      ]),
    ],
    [{ metadata: { podLabels: { team: 'blue' }, serviceLabels: { 'app.kubernetes.io/part-of': 'shop' } } }],
  ],
  [
    'metadata does not set the annotations of the library',
    [
      [
        { metadata: { podAnnotations: { 'replicated-mysql/my-cnf-hash': '1' } } },
        'metadata.podAnnotations: "replicated-mysql/my-cnf-hash: 1" is an annotation that the library sets. Use another key',
      ],
    ],
    [{ metadata: { podAnnotations: { 'example.com/my-cnf-hash': '1' } } }],
  ],
]);
