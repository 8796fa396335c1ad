import { Client, CloneMethod, Destination, Exposure, Reads, ReplicatedMySqlProps } from '../../lib';
import { selectorOf, synth } from '../support/manifests';

const DNS = [
  {
    ports: [
      { protocol: 'UDP', port: 53 },
      { protocol: 'TCP', port: 53 },
    ],
  },
  {
    to: [
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
        podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
      },
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'openshift-dns' } },
        podSelector: { matchLabels: { 'dns.operator.openshift.io/daemonset-dns': 'default' } },
      },
    ],
  },
];
const egress = (props?: ReplicatedMySqlProps) => synth(props).at('NetworkPolicy/mysql: spec.egress');
/** What the instances may connect to after peers and DNS. */
const more = (props?: ReplicatedMySqlProps) => Object.values(egress(props)!).slice(3);
const exporter = { name: 'exporter', image: 'example.com/exporter:1' };

const clients = (props: ReplicatedMySqlProps) => synth(props).at('NetworkPolicy/mysql: spec.ingress[1].from');
const sourceRanges = ['203.0.113.0/24', '2001:db8::/32'];

test('only peers reach the peer port and the clone port, and instances reach peers and DNS', () => {
  const ports = [3306, 3307, 3308].map((port) => ({ protocol: 'TCP', port }));
  const peers = [{ podSelector: { matchLabels: selectorOf('orders') } }];
  expect(synth({ name: 'orders', cloneMethod: CloneMethod.xtraBackup() }).at('NetworkPolicy/orders: spec')).toEqual({
    podSelector: { matchLabels: selectorOf('orders') },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      { from: peers, ports },
      { from: [{ podSelector: {} }], ports: [{ protocol: 'TCP', port: 3306 }] },
    ],
    egress: [{ to: peers, ports }, ...DNS],
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
  for (const direction of ['ingress', 'egress']) {
    const ports = (from: Reads) =>
      JSON.stringify(synth({ reads: { from } }).at(`NetworkPolicy/mysql: spec.${direction}[0].ports`));
    expect(ports(Reads.fromReplicas({ fallBackToPrimary: false }))).toContain('3309');
    expect(ports(Reads.fromReplicas())).not.toContain('3309');
  }
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
  const network = { clients: [Client.cidr('203.0.113.7/32')] };
  const services = { read: { exposure: Exposure.loadBalancer({ sourceRanges }) } };
  expect(clients({ network, services })).toEqual([{ ipBlock: { cidr: '203.0.113.7/32' } }]);
});

const byName = (namespace: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': namespace } });
test.each([
  [Client.pods(), { podSelector: {} }],
  [Client.pods({ labels: {} }), { podSelector: {} }],
  [Client.pods({ labels: { app: 'shop' } }), { podSelector: { matchLabels: { app: 'shop' } } }],
  [Client.pods({ namespace: 'shop' }), { namespaceSelector: byName('shop') }],
  [
    Client.pods({ namespace: 'shop', labels: { app: 'shop' } }),
    { namespaceSelector: byName('shop'), podSelector: { matchLabels: { app: 'shop' } } },
  ],
  [Client.pods({ namespaceLabels: { team: 'blue' } }), { namespaceSelector: { matchLabels: { team: 'blue' } } }],
  [Client.pods({ namespaceLabels: {} }), { namespaceSelector: {} }],
  [
    Client.cidr('10.0.0.0/8', { except: ['10.1.0.0/16'] }),
    { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } },
  ],
])('the client %j is %j in the NetworkPolicy', (client, peer) => {
  expect(clients({ network: { clients: [client] } })).toEqual([peer]);
});

test('a client with ports of its own reaches these only', () => {
  const network = { clients: [Client.pods({ namespace: 'monitoring', ports: [9104, 9105] }), Client.pods()] };
  expect(Object.values(synth({ network }).at('NetworkPolicy/mysql: spec.ingress')!).slice(1)).toEqual([
    { from: [{ podSelector: {} }], ports: [{ protocol: 'TCP', port: 3306 }] },
    {
      from: [{ namespaceSelector: byName('monitoring') }],
      ports: [9104, 9105].map((port) => ({ protocol: 'TCP', port })),
    },
  ]);
});

test('instances that label themselves reach the API server', () => {
  const ports = [443, 6443, 8443, 16443].map((port) => ({ protocol: 'TCP', port }));
  for (const fallBackToPrimary of [true, false])
    expect(more({ reads: { from: Reads.fromReplicas({ fallBackToPrimary }) } })).toEqual([{ ports }]);
  expect(more({ reads: { from: Reads.everywhere() } })).toEqual([]);
});

test('network.egress adds to what instances need', () => {
  const destinations = [
    Destination.pods({ namespace: 'vault', ports: [8200] }),
    Destination.cidr('203.0.113.0/24'),
    Destination.anywhere({ ports: [443] }),
  ];
  expect(more({ network: { egress: destinations } })).toEqual([
    { to: [{ namespaceSelector: byName('vault') }], ports: [{ protocol: 'TCP', port: 8200 }] },
    { to: [{ ipBlock: { cidr: '203.0.113.0/24' } }] },
    { ports: [{ protocol: 'TCP', port: 443 }] },
  ]);
});

test('containers of others reach everything, unless network.egress names what they reach', () => {
  for (const kind of ['containers', 'initContainers']) {
    const extras = { [kind]: [exporter] };
    expect(more({ extras })).toEqual([{}]);
    expect(more({ extras, network: { egress: [] } })).toEqual([]);
    expect(more({ extras: { [kind]: [] } })).toEqual([]);
  }
});

test('neither clients nor destinations change a pod', () => {
  const network = { clients: [Client.pods({ namespace: 'shop' })], egress: [Destination.anywhere()] };
  expect(synth({ network }).get('StatefulSet/mysql')).toEqual(synth().get('StatefulSet/mysql'));
});
