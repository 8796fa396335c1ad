import { Client, Destination } from '../../lib';
import { synth } from '../support/manifests';
import { each, PropsOf, testReach } from '../support/reach';

const labels = { 'talks-to': 'mysql' };

testReach<Exclude<PropsOf<'network'>, 'network.policy'>>({
  'network.clients': {
    props: { network: { clients: [Client.pods({ labels })] } },
    reaches: each(
      ['NetworkPolicy/mysql'],
      ': spec.ingress[1].from',
      [{ podSelector: {} }],
      [{ podSelector: { matchLabels: labels } }],
    ),
  },
  'network.egress': {
    props: { network: { egress: [Destination.anywhere({ ports: [443] })] } },
    reaches: each(['NetworkPolicy/mysql'], ': spec.egress[3]', undefined, {
      ports: [{ protocol: 'TCP', port: 443 }],
    }),
  },
});

test('network.policy: false omits the NetworkPolicy', () => {
  expect(synth().names).toContain('NetworkPolicy/mysql');
  expect(synth({ network: { policy: false } }).names).not.toContain('NetworkPolicy/mysql');
});
