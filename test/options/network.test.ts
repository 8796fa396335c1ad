import { k8s } from 'cdk8s-plus-28';
import { synth } from '../support/manifests';
import { each, PropsOf, testReach } from '../support/reach';

const clients: k8s.NetworkPolicyPeer[] = [{ podSelector: { matchLabels: { 'talks-to': 'mysql' } } }];

testReach<Exclude<PropsOf<'network'>, 'network.policy'>>({
  'network.clients': {
    props: { network: { clients } },
    reaches: each(['NetworkPolicy/mysql'], ': spec.ingress[1].from', [{ podSelector: {} }], clients),
  },
});

test('network.policy: false omits the NetworkPolicy', () => {
  expect(synth().names).toContain('NetworkPolicy/mysql');
  expect(synth({ network: { policy: false } }).names).not.toContain('NetworkPolicy/mysql');
});
