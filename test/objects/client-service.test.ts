import { Exposure, ReplicatedMySqlProps } from '../../lib';
import { selectorOf, synth } from '../support/manifests';

const service = (props: ReplicatedMySqlProps, name = 'mysql-read') => synth(props).get(`Service/${name}`);
const sourceRanges = ['203.0.113.0/24', '2001:db8::/32'];

test('by default, no Service can be reached from outside the Kubernetes cluster', () => {
  const services = synth().all.filter(({ kind }) => String(kind) === 'Service');
  expect(services.map(({ spec }) => spec.type)).toEqual([undefined, undefined, undefined]);
});

test('Exposure.clusterIp() is the default', () => {
  expect(synth({ services: { read: { exposure: Exposure.clusterIp() } } })).toEqual(synth());
});

test('a load balancer keeps the addresses of clients, and gets their ranges', () => {
  const exposure = Exposure.loadBalancer({ sourceRanges, nodePort: 30306, loadBalancerClass: 'example.com/internal' });
  expect(service({ services: { read: { exposure } } }).spec).toEqual({
    type: 'LoadBalancer',
    externalTrafficPolicy: 'Local',
    loadBalancerClass: 'example.com/internal',
    loadBalancerSourceRanges: sourceRanges,
    selector: selectorOf('mysql'),
    ports: [{ name: 'mysql', port: 3306, nodePort: 30306 }],
  });
});

test('a NodePort gets no source ranges, which Kubernetes would refuse', () => {
  const exposure = Exposure.nodePort({ sourceRanges });
  expect(service({ services: { read: { exposure } } }).spec).toEqual({
    type: 'NodePort',
    externalTrafficPolicy: 'Local',
    selector: selectorOf('mysql'),
    ports: [{ name: 'mysql', port: 3306 }],
  });
});

test('the external traffic policy can be Cluster', () => {
  const exposure = Exposure.nodePort({ externalTrafficPolicy: 'Cluster' });
  const props = { services: { read: { exposure } }, network: { policy: false } };
  expect(service(props).spec.externalTrafficPolicy).toBe('Cluster');
});

test('annotations of one Service override those of all Services', () => {
  const props = {
    metadata: { serviceAnnotations: { a: 'all', b: 'all' } },
    services: { read: { annotations: { b: 'read' } } },
  };
  expect(service(props).metadata.annotations).toEqual({ a: 'all', b: 'read' });
  expect(service(props, 'mysql-primary').metadata.annotations).toEqual({ a: 'all', b: 'all' });
});

test('a Service of two IP families; the headless one stays as it is, because peers know each other by one address', () => {
  const families = { ipFamilyPolicy: 'PreferDualStack', ipFamilies: ['IPv6', 'IPv4'] };
  const props = { services: { primary: families, read: families } };
  for (const name of ['mysql-primary', 'mysql-read']) expect(service(props, name).spec).toMatchObject(families);
  expect(service(props, 'mysql')).toEqual(service({}, 'mysql'));
});
