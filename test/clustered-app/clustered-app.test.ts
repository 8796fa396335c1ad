import { App, Chart, Size } from 'cdk8s';
import { k8s, PodManagementPolicy } from 'cdk8s-plus-28';
import { ClaimRetention, ClusteredApp, ClusteredAppProps, Exposure, ReplicatedMySql } from '../../lib';
import { Manifests, synthApp } from '../support/manifests';

const container: k8s.Container = { name: 'store', image: 'example.com/store:1' };
const pod: k8s.PodSpec = { containers: [container] };
const data = { name: 'data', size: Size.gibibytes(1) };
const mounting = (name: string): k8s.Container => ({ ...container, volumeMounts: [{ name, mountPath: '/data' }] });
const minimal: ClusteredAppProps = { name: 'store', ports: { api: 8080, gossip: 7000 }, pod };
const synth = (props: Partial<ClusteredAppProps> = {}) =>
  Manifests.parse(synthApp((chart) => new ClusteredApp(chart, 'store', { ...minimal, ...props })));

test('by default, it is a StatefulSet and its headless Service', () => {
  const manifests = synth();
  const selector = { app: 'store' };
  expect(manifests.names).toEqual(['Service/store', 'StatefulSet/store']);
  expect(manifests.get('Service/store').spec).toEqual({
    clusterIP: 'None',
    publishNotReadyAddresses: true,
    selector,
    ports: [
      { name: 'api', port: 8080 },
      { name: 'gossip', port: 7000 },
    ],
  });
  expect(manifests.get('StatefulSet/store').spec).toEqual({
    selector: { matchLabels: selector },
    serviceName: 'store',
    replicas: 3,
    podManagementPolicy: 'OrderedReady',
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
    template: { metadata: { labels: selector }, spec: pod },
  });
});

test('claims, their retention, policy, partition and replicas reach the StatefulSet', () => {
  const { spec } = synth({
    replicas: 2,
    claims: [
      { name: 'data', size: Size.gibibytes(1), storageClassName: 'shared', accessModes: ['ReadWriteMany'] },
      { name: 'log', size: Size.mebibytes(500) },
    ],
    claimRetention: ClaimRetention.deleteWhenScaledDown(),
    podManagementPolicy: PodManagementPolicy.PARALLEL,
    update: { partition: 1 },
  }).get('StatefulSet/store');
  expect(spec).toMatchObject({
    replicas: 2,
    podManagementPolicy: 'Parallel',
    updateStrategy: { rollingUpdate: { partition: 1 } },
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Delete' },
    volumeClaimTemplates: [
      {
        metadata: { name: 'data' },
        spec: {
          storageClassName: 'shared',
          accessModes: ['ReadWriteMany'],
          resources: { requests: { storage: '1Gi' } },
        },
      },
      {
        metadata: { name: 'log' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '500Mi' } } },
      },
    ],
  });
});

test('Services for clients come between them, each with its own props', () => {
  const manifests = synth({
    services: [
      { name: 'store-api' },
      { name: 'store-lb', exposure: Exposure.loadBalancer({ nodePort: 30080 }), annotations: { internal: 'true' } },
    ],
  });
  expect(manifests.names).toEqual(['Service/store', 'Service/store-api', 'Service/store-lb', 'StatefulSet/store']);
  expect(manifests.get('Service/store-api').spec).toEqual({
    selector: { app: 'store' },
    ports: [
      { name: 'api', port: 8080 },
      { name: 'gossip', port: 7000 },
    ],
  });
  expect(manifests.at('Service/store-lb: metadata.annotations')).toEqual({ internal: 'true' });
  expect(manifests.at('Service/store-lb: spec.type')).toBe('LoadBalancer');
  expect(manifests.at('Service/store-lb: spec.ports[api].nodePort')).toBe(30080);
  expect(manifests.at('Service/store-lb: spec.ports[gossip].nodePort')).toBe(undefined);
});

test('containers mount claims and volumes of the pod', () => {
  const volumes = [{ name: 'tmp', emptyDir: {} }];
  const given = { initContainers: [mounting('tmp')], containers: [mounting('data')], volumes };
  expect(synth({ claims: [data], pod: given }).get('StatefulSet/store').spec.template.spec).toEqual(given);
});

test('labels and annotations of pods are added to the label that everything selects by', () => {
  const { template } = synth({ podMetadata: { labels: { team: 'blue' }, annotations: { scrape: 'true' } } }).get(
    'StatefulSet/store',
  ).spec;
  expect(template.metadata).toEqual({ labels: { app: 'store', team: 'blue' }, annotations: { scrape: 'true' } });
});

test('the namespace is that of the props, or else of the chart', () => {
  const namespaces = (namespace?: string) =>
    Manifests.parse(
      synthApp((chart) => new ClusteredApp(chart, 'store', { ...minimal, namespace }), { namespace: 'of-the-chart' }),
    ).all.map(({ metadata }) => metadata.namespace);
  expect(namespaces()).toEqual(['of-the-chart', 'of-the-chart']);
  expect(namespaces('given')).toEqual(['given', 'given']);
});

test('outputs: the names of pods, the labels that select them, and the objects', () => {
  const store = new ClusteredApp(new Chart(new App(), 'chart'), 'store', { ...minimal, services: [{ name: 'api' }] });
  expect([store.host(0), store.host(7)]).toEqual(['store-0.store', 'store-7.store']);
  expect(store.selector).toEqual({ app: 'store' });
  expect([store.headlessService, ...store.services].map(({ name }) => name)).toEqual(['store', 'api']);
  expect(store.statefulSet).toBeInstanceOf(k8s.KubeStatefulSet);
});

test.each([-1, 1.5, NaN])('host(%s) is refused', (ordinal) => {
  const store = new ClusteredApp(new Chart(new App(), 'chart'), 'store', minimal);
  expect(() => store.host(ordinal)).toThrow(
    new RangeError(`host: ${ordinal} is not an ordinal. Use a whole number, at least 0`),
  );
});

test('names and ports may be as long and as high as Kubernetes accepts', () => {
  const name = 'x'.repeat(63);
  const manifests = synth({
    services: [{ name }],
    ports: { [name]: 65_535, '80': 80 },
    claims: [{ ...data, name: '1-data', accessModes: ['ReadOnlyMany'] }],
  });
  expect(manifests.names).toContain(`Service/${name}`);
});

test('an app whose Service has the name of a Service of a cluster is refused', () => {
  const app = new App();
  new ReplicatedMySql(new Chart(app, 'a'), 'mysql');
  new ClusteredApp(new Chart(app, 'b'), 'store', { ...minimal, services: [{ name: 'mysql-read' }] });
  expect(() => app.synthYaml()).toThrow(
    '[b/store] services: "mysql-read" creates the Service "mysql-read", and so does a/mysql. Give one of the two another name or namespace',
  );
  expect(() => app.synthYaml()).toThrow(
    '[a/mysql] name: "mysql" creates the Service "mysql-read", and so does b/store.',
  );
});
