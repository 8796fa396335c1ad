import { CloneMethod, Exposure, Reads, ReplicatedMySqlProps } from '../../lib';
import { selectorOf, synth } from '../support/manifests';

const clients = (props: ReplicatedMySqlProps) => synth(props).at('NetworkPolicy/mysql: spec.ingress[1].from');
const sourceRanges = ['203.0.113.0/24', '2001:db8::/32'];

test('only peers reach the peer port and the clone port', () => {
  expect(synth({ name: 'orders', cloneMethod: CloneMethod.xtraBackup() }).at('NetworkPolicy/orders: spec')).toEqual({
    podSelector: { matchLabels: selectorOf('orders') },
    policyTypes: ['Ingress'],
    ingress: [
      {
        from: [{ podSelector: { matchLabels: selectorOf('orders') } }],
        ports: [
          { protocol: 'TCP', port: 3306 },
          { protocol: 'TCP', port: 3307 },
          { protocol: 'TCP', port: 3308 },
        ],
      },
      { from: [{ podSelector: {} }], ports: [{ protocol: 'TCP', port: 3306 }] },
    ],
  });
});

test('with the CLONE plugin there is no clone port', () => {
  const manifests = synth({ cloneMethod: CloneMethod.clonePlugin() });
  expect(JSON.stringify(manifests.all)).not.toContain('3308}');
  expect(manifests.at('StatefulSet/mysql: spec.template.spec.containers.xtrabackup.ports')).toEqual([
    { name: 'xtrabackup', containerPort: 3307 },
    { name: 'ready', containerPort: 3309 },
  ]);
});

test('peers reach the port of readiness where only that tells whether another replica serves reads', () => {
  const ports = (from: Reads) =>
    JSON.stringify(synth({ reads: { from } }).at('NetworkPolicy/mysql: spec.ingress[0].ports'));
  expect(ports(Reads.fromReplicas({ fallBackToPrimary: false }))).toContain('3309');
  expect(ports(Reads.fromReplicas())).not.toContain('3309');
});

test('an empty list of clients admits only peers, although Kubernetes reads an empty list as everybody', () => {
  const ingress = synth({ network: { clients: [] } }).at('NetworkPolicy/mysql: spec.ingress')!;
  expect(Object.values(ingress).map((rule) => rule.from)).toEqual([
    [{ podSelector: { matchLabels: selectorOf('mysql') } }],
  ]);
});

test('the source ranges of both Services are admitted, each once', () => {
  const props = {
    services: {
      primary: { exposure: Exposure.nodePort({ sourceRanges: sourceRanges.slice(0, 1) }) },
      read: { exposure: Exposure.loadBalancer({ sourceRanges }) },
    },
  };
  const ranges = sourceRanges.map((cidr) => ({ ipBlock: { cidr } }));
  expect(clients(props)).toEqual([{ podSelector: {} }, ...ranges]);
});

test('network.clients replaces all other clients', () => {
  const network = { clients: [{ ipBlock: { cidr: '203.0.113.7/32' } }] };
  const services = { read: { exposure: Exposure.loadBalancer({ sourceRanges }) } };
  expect(clients({ network, services })).toEqual(network.clients);
});
