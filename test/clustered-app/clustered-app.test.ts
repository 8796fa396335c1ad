import { App, Chart, Duration, Size } from 'cdk8s';
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

test('without more, it is a StatefulSet and its headless Service', () => {
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

test('Services for clients come between, with what the props say of each', () => {
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

test('labels and annotations of pods stand beside the one that everything selects by', () => {
  const { template } = synth({ podMetadata: { labels: { team: 'blue' }, annotations: { scrape: 'true' } } }).get(
    'StatefulSet/store',
  ).spec;
  expect(template.metadata).toEqual({ labels: { app: 'store', team: 'blue' }, annotations: { scrape: 'true' } });
});

test('the namespace is the one given, else that of the chart', () => {
  const namespaces = (namespace?: string) =>
    Manifests.parse(
      synthApp((chart) => new ClusteredApp(chart, 'store', { ...minimal, namespace }), { namespace: 'of-the-chart' }),
    ).all.map(({ metadata }) => metadata.namespace);
  expect(namespaces()).toEqual(['of-the-chart', 'of-the-chart']);
  expect(namespaces('given')).toEqual(['given', 'given']);
});

test('outputs: the names of pods, what selects them, and the objects', () => {
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

test('names and ports may be as long and as high as Kubernetes takes them', () => {
  const name = 'x'.repeat(63);
  const manifests = synth({
    services: [{ name }],
    ports: { [name]: 65_535, '80': 80 },
    claims: [{ ...data, name: '1-data', accessModes: ['ReadOnlyMany'] }],
  });
  expect(manifests.names).toContain(`Service/${name}`);
});

const nodePort = (name: string, port: number) => ({ name, exposure: Exposure.nodePort({ nodePort: port }) });

describe('synth refuses', () => {
  test.each<[Partial<ClusteredAppProps>, string]>([
    [{ name: 'My' }, 'name: "My" is not the name of a Service'],
    [{ replicas: -1 }, 'replicas: -1 is not a number of pods. Use a whole number, at least 0'],
    [{ update: { partition: 0.5 } }, 'update.partition: 0.5 is not an ordinal'],
    [{ ports: {} }, 'ports: {} has no port, and a Service needs one. Name one, for example { http: 8080 }'],
    [{ ports: { api: 0 } }, 'ports.api: 0 is not a port. Use one from 1 to 65535'],
    [{ claims: [{ name: 'data', size: Size.gibibytes(0) }] }, 'claims.data.size: 0Gi is not a size'],
    [
      { claims: Array(2).fill({ name: 'data', size: Size.gibibytes(1) }) },
      'claims: "data" is the name of two claims. Give one of them another name',
    ],
    [
      { claims: [{ ...data, name: 'My_Data' }] },
      'claims: "My_Data" is not a DNS label. Use at most 63 lower-case letters, digits and "-"',
    ],
    [{ claims: [{ ...data, accessModes: [] }] }, 'claims.data.accessModes: [] names no mode. Name one'],
    [
      { claims: [{ ...data, accessModes: ['RWO'] }] },
      'claims.data.accessModes: "RWO" is unknown. Use ReadWriteOnce, ReadWriteOncePod, ReadWriteMany or ReadOnlyMany',
    ],
    [
      { claims: [{ ...data, accessModes: ['ReadWriteOncePod', 'ReadWriteOnce'] }] },
      'claims.data.accessModes: ReadWriteOncePod, ReadWriteOnce are refused by Kubernetes',
    ],
    [
      { claims: [data], pod: { containers: [mounting('date')] } },
      'pod.containers.store.volumeMounts: "date" is neither a claim nor a volume of the pod. Name it in claims or pod.volumes',
    ],
    [
      { pod: { containers: [container], initContainers: [mounting('data')], volumes: [{ name: 'tmp' }] } },
      'pod.initContainers.store.volumeMounts: "data" is neither a claim nor a volume of the pod.',
    ],
    ...['Api', 'http_alt', '-a', 'x'.repeat(64)].map((name): [Partial<ClusteredAppProps>, string] => [
      { ports: { [name]: 8080 } },
      `ports: "${name}" is not a DNS label. Use at most 63 lower-case letters, digits and "-"`,
    ]),
    [
      { ports: { api: 8080, admin: 8080 } },
      'ports.admin: 8080 is the number of another port, too. Use another one, or leave it out',
    ],
    ...['', 'My', '1a', 'a.b', 'x'.repeat(64)].map((name): [Partial<ClusteredAppProps>, string] => [
      { services: [{ name }] },
      `services: "${name}" is not the name of a Service. Use at most 63 lower-case letters, digits and "-", a letter first`,
    ]),
    [
      { services: [nodePort('a', 30080), nodePort('b', 30081), nodePort('c', 30080)] },
      'services.c.exposure: nodePort 30080 is that of services.a. Use another one',
    ],
    [{ services: [nodePort('a', NaN)] }, 'services.a.exposure: nodePort NaN is not a port for Services'],
    [
      { services: [{ name: 'api' }, { name: 'api' }] },
      'services: "api" is the name of two Services. Give one of them another name',
    ],
    [{ services: [{ name: 'store' }] }, 'services: "store" is the name of two Services. Give one of them another name'],
    [{ podMetadata: { labels: { app: 'x' } } }, 'podMetadata.labels: "app: x" is a label that the library sets'],
    [
      { services: [{ name: 'api', sessionAffinity: Duration.days(2) }] },
      'services.api.sessionAffinity: 172800 s is not from 1 second to a day',
    ],
    [
      { services: [{ name: 'api', exposure: Exposure.nodePort({ sourceRanges: ['203.0.113.0/24'] }) }] },
      'services.api.exposure: sourceRanges of a NodePort are not kept by the Service. Use a NetworkPolicy instead',
    ],
  ])('%j', (props, message) => {
    expect(() => synth(props)).toThrow(message);
  });

  test('two of one name, and one named as a Service of a MySQL cluster', () => {
    const app = new App();
    new ReplicatedMySql(new Chart(app, 'a'), 'mysql');
    new ClusteredApp(new Chart(app, 'b'), 'store', { ...minimal, services: [{ name: 'mysql-read' }] });
    expect(() => app.synthYaml()).toThrow(
      '[b/store] services: "mysql-read" is also a Service of a/mysql. Give one of the two another name or namespace',
    );
    expect(() => app.synthYaml()).toThrow(
      '[a/mysql] name: "mysql" gives "mysql-read", which is also a Service of b/store.',
    );
  });
});
