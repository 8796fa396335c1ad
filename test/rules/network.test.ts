import { networkRules } from '../../lib/rules/network';
import { testRules } from '../support/rules';

testRules(networkRules, [
  [
    'network.clients need a NetworkPolicy',
    [[], [{ podSelector: {} }]].map((clients) => [
      { network: { policy: false, clients } },
      'network.clients: has no effect with network.policy: false, which omits the NetworkPolicy. Leave out one of the two',
    ]),
    [{ network: { clients: [] } }, { network: { policy: true, clients: [{ podSelector: {} }] } }],
  ],
]);
