import { Exposure, ReplicatedMySqlProps } from '../../lib';
import { synth } from '../support/manifests';

const service = (props: ReplicatedMySqlProps, name = 'mysql-read') => synth(props).get(`Service/${name}`);
const clients = (props: ReplicatedMySqlProps) => synth(props).at('NetworkPolicy/mysql: spec.ingress[1].from');
const sourceRanges = ['203.0.113.0/24', '2001:db8::/32'];

test('by default, nothing is reached from outside of the Kubernetes cluster', () => {
  const services = synth().all.filter(({ kind }) => String(kind) === 'Service');
  expect(services.map(({ spec }) => spec.type)).toEqual([undefined, undefined, undefined]);
});

test('Exposure.clusterIp() is the default', () => {
  expect(synth({ services: { read: { exposure: Exposure.clusterIp() } } })).toEqual(synth());
});

test('a load balancer keeps the addresses of clients, and is told who they may be', () => {
  const exposure = Exposure.loadBalancer({ sourceRanges, nodePort: 30306, loadBalancerClass: 'example.com/internal' });
  expect(service({ services: { read: { exposure } } }).spec).toEqual({
    type: 'LoadBalancer',
    externalTrafficPolicy: 'Local',
    loadBalancerClass: 'example.com/internal',
    loadBalancerSourceRanges: sourceRanges,
    selector: { app: 'mysql' },
    ports: [{ name: 'mysql', port: 3306, nodePort: 30306 }],
  });
});

test('a port of the nodes has no source ranges of its own, which Kubernetes would refuse', () => {
  const exposure = Exposure.nodePort({ sourceRanges });
  expect(service({ services: { read: { exposure } } }).spec).toEqual({
    type: 'NodePort',
    externalTrafficPolicy: 'Local',
    selector: { app: 'mysql' },
    ports: [{ name: 'mysql', port: 3306 }],
  });
});

test('the external traffic policy can be Cluster', () => {
  const exposure = Exposure.nodePort({ externalTrafficPolicy: 'Cluster' });
  const props = { services: { read: { exposure } }, network: { policy: false } };
  expect(service(props).spec.externalTrafficPolicy).toBe('Cluster');
});

test('the NetworkPolicy lets the source ranges of both Services in, each once', () => {
  const props = {
    services: {
      primary: { exposure: Exposure.nodePort({ sourceRanges: sourceRanges.slice(0, 1) }) },
      read: { exposure: Exposure.loadBalancer({ sourceRanges }) },
    },
  };
  const ranges = sourceRanges.map((cidr) => ({ ipBlock: { cidr } }));
  expect(clients(props)).toEqual([{ podSelector: {} }, ...ranges]);
});

test('clients that are given are all clients', () => {
  const network = { clients: [{ ipBlock: { cidr: '203.0.113.7/32' } }] };
  const services = { read: { exposure: Exposure.loadBalancer({ sourceRanges }) } };
  expect(clients({ network, services })).toEqual(network.clients);
});

test('annotations of one Service go over those of all', () => {
  const props = {
    metadata: { serviceAnnotations: { a: 'all', b: 'all' } },
    services: { read: { annotations: { b: 'read' } } },
  };
  expect(service(props).metadata.annotations).toEqual({ a: 'all', b: 'read' });
  expect(service(props, 'mysql-primary').metadata.annotations).toEqual({ a: 'all', b: 'all' });
});
