import { App, Chart } from 'cdk8s';
import { Credentials, ReplicatedMySql } from '../../lib';
import { Manifests, synth, synthApp, synthYaml, Yaml } from '../support/manifests';

const LIBRARY_LABELS = {
  app: 'mysql',
  'app.kubernetes.io/name': 'mysql',
  'app.kubernetes.io/instance': 'mysql',
  'app.kubernetes.io/version': '8.4',
  'app.kubernetes.io/component': 'database',
  'app.kubernetes.io/managed-by': 'cdk8s',
};

test('what is referred to comes before what refers to it, so that one apply brings all up', () => {
  expect(synth().names).toEqual([
    'ConfigMap/mysql',
    'Service/mysql',
    'Service/mysql-primary',
    'Service/mysql-read',
    'NetworkPolicy/mysql',
    'PodDisruptionBudget/mysql',
    'StatefulSet/mysql',
  ]);
});

test('the same props give the same YAML, byte for byte', () => {
  expect(synthYaml({ name: 'orders', replicas: 5 })).toBe(synthYaml({ name: 'orders', replicas: 5 }));
});

test('names are explicit: they do not depend on where the construct stands', () => {
  const elsewhere = synthApp((chart) => new ReplicatedMySql(new Chart(chart, 'deep'), 'other-id'));
  expect(elsewhere).toBe(synthYaml());
});

test("the chart's namespace is the default one, and a given one goes over it", () => {
  const namespaces = (namespace?: string) =>
    Manifests.parse(
      synthApp((chart) => new ReplicatedMySql(chart, 'db', { namespace }), { namespace: 'of-the-chart' }),
    ).all.map((object) => object.metadata.namespace);
  expect(namespaces()).toEqual(Array(7).fill('of-the-chart'));
  expect(namespaces('given')).toEqual(Array(7).fill('given'));
});

test('every object carries the labels of the cluster', () => {
  for (const object of synth().all) expect(object.metadata.labels).toMatchObject(LIBRARY_LABELS);
});

test('the pods carry them, too, beside the ones that are given', () => {
  const labels = synth({ metadata: { podLabels: { team: 'blue' } } }).at(
    'StatefulSet/mysql: spec.template.metadata.labels',
  );
  expect(labels).toEqual({ ...LIBRARY_LABELS, team: 'blue' });
});

test('everything selects by the one label that only the pods of the StatefulSet carry', () => {
  const manifests = synth({ name: 'orders' });
  const selector = { app: 'orders' };
  expect(manifests.at('Service/orders: spec.selector')).toEqual(selector);
  expect(manifests.at('Service/orders-read: spec.selector')).toEqual(selector);
  expect(manifests.at('Service/orders-primary: spec.selector')).toEqual({
    ...selector,
    'statefulset.kubernetes.io/pod-name': 'orders-0',
  });
  expect(manifests.at('StatefulSet/orders: spec.selector')).toEqual({ matchLabels: selector });
  expect(manifests.at('NetworkPolicy/orders: spec.podSelector')).toEqual({ matchLabels: selector });
  expect(manifests.at('NetworkPolicy/orders: spec.ingress[0].from')).toEqual([
    { podSelector: { matchLabels: selector } },
  ]);
  const templates = manifests.all.filter((object) => object.spec?.template);
  expect(templates.map((object) => object.kind)).toEqual(['StatefulSet']);
  expect(templates[0].spec.template.metadata.labels).toMatchObject(selector);
});

test('the claim template has no metadata but its name', () => {
  expect(synth().at('StatefulSet/mysql: spec.volumeClaimTemplates[data].metadata')).toEqual({ name: 'data' });
});

test('peers find each other before they are ready, clients only ready ones', () => {
  expect(synth().at('Service/mysql: spec.publishNotReadyAddresses')).toBe(true);
  for (const service of ['mysql-primary', 'mysql-read']) {
    expect(synth().at(`Service/${service}: spec.publishNotReadyAddresses`)).toBe(undefined);
  }
});

test('the clone port is open to peers only', () => {
  expect(synth({ name: 'orders' }).at('NetworkPolicy/orders: spec')).toEqual({
    podSelector: { matchLabels: { app: 'orders' } },
    policyTypes: ['Ingress'],
    ingress: [
      {
        from: [{ podSelector: { matchLabels: { app: 'orders' } } }],
        ports: [
          { protocol: 'TCP', port: 3306 },
          { protocol: 'TCP', port: 3307 },
        ],
      },
      { from: [{ podSelector: {} }], ports: [{ protocol: 'TCP', port: 3306 }] },
    ],
  });
});

test('a drain takes one instance, and no sick one beside it that may hold the last copy', () => {
  expect(synth({ name: 'orders' }).at('PodDisruptionBudget/orders: spec')).toEqual({
    maxUnavailable: 1,
    selector: { matchLabels: { app: 'orders' } },
    unhealthyPodEvictionPolicy: 'IfHealthyBudget',
  });
});

test('no clients means nobody but peers, and not everybody, as Kubernetes reads an empty list', () => {
  const ingress = synth({ network: { clients: [] } }).at('NetworkPolicy/mysql: spec.ingress')!;
  expect(Object.values(ingress).map((rule) => rule.from)).toEqual([
    [{ podSelector: { matchLabels: { app: 'mysql' } } }],
  ]);
});

test('no dependencies are declared', () => {
  const app = new App();
  new ReplicatedMySql(new Chart(app, 'chart'), 'cluster');
  const dependencies = app.node.findAll().flatMap((construct) => construct.node.dependencies);
  expect(dependencies.map(({ node }) => node.path)).toEqual([]);
});

test('validation does not walk the tree', () => {
  const app = new App();
  const cluster = new ReplicatedMySql(new Chart(app, 'chart'), 'cluster');
  const walks = [app.node, cluster.node].map((node) => jest.spyOn(node, 'findAll'));
  expect(cluster.node.validate()).toEqual([]);
  for (const walk of walks) expect(walk).not.toHaveBeenCalled();
});

describe('passwords', () => {
  const everyString = (node: Yaml): string[] =>
    typeof node === 'object' && node !== null ? Object.values(node).flatMap(everyString) : [String(node)];

  test.each([
    ['from a Secret', Credentials.fromSecret('vault')],
    ['that are empty', Credentials.insecure()],
  ])('%s are in no environment, no argument and no ConfigMap', (_, credentials) => {
    const manifests = synth({ credentials });
    expect(manifests.names).not.toContainEqual(expect.stringMatching(/^Secret/));
    const pod = manifests.get('StatefulSet/mysql').spec.template.spec;
    for (const container of [...Object.values(pod.initContainers), ...Object.values(pod.containers)]) {
      expect(container.envFrom).toBe(undefined);
      expect(Object.values(container.env ?? {}).map(({ name }) => name)).toEqual(container.env ? ['POD_IP'] : []);
    }
    for (const text of everyString(pod)) {
      expect(text).not.toMatch(/MYSQL_PWD|MYSQL_ROOT_PASSWORD|--password|(mysql|mysqladmin|xtrabackup) .*-p\b/);
    }
    expect(everyString(manifests.get('ConfigMap/mysql')).join('\n')).not.toMatch(/password/i);
  });

  test('of a Secret are files that only the pod reads', () => {
    const volume = synth({ credentials: Credentials.fromSecret('vault', { probe: 'check' }) }).at(
      'StatefulSet/mysql: spec.template.spec.volumes[credentials]',
    );
    expect(volume).toEqual({
      name: 'credentials',
      secret: {
        secretName: 'vault',
        optional: true,
        defaultMode: 0o440,
        items: [
          { key: 'root-password', path: 'root-password' },
          { key: 'replication-password', path: 'replication-password' },
          { key: 'backup-password', path: 'backup-password' },
          { key: 'check', path: 'probe-password' },
        ],
      },
    });
  });

  test('that are empty are in memory only, and written by init-mysql alone', () => {
    const manifests = synth({ credentials: Credentials.insecure() });
    const pod = manifests.get('StatefulSet/mysql').spec.template.spec;
    expect(manifests.at('StatefulSet/mysql: spec.template.spec.volumes[credentials].emptyDir')).toEqual({
      medium: 'Memory',
    });
    const writers = [...Object.values(pod.initContainers), ...Object.values(pod.containers)].filter((container) =>
      Object.values(container.volumeMounts).some((mount) => String(mount.name) === 'credentials' && !mount.readOnly),
    );
    expect(writers.map(({ name }) => name)).toEqual(['init-mysql']);
  });
});
