import { App, Chart } from 'cdk8s';
import { ReplicatedMySql } from '../../lib';
import { Manifests, selectorOf, synth, synthApp, synthYaml } from '../support/manifests';

const LIBRARY_LABELS = {
  app: 'mysql',
  'app.kubernetes.io/name': 'mysql',
  'app.kubernetes.io/instance': 'mysql',
  'app.kubernetes.io/version': '8.4',
  'app.kubernetes.io/component': 'database',
  'app.kubernetes.io/managed-by': 'cdk8s',
};

test('objects come before those that refer to them, so that one apply brings all up', () => {
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

test('names are explicit: they do not depend on the place of the construct', () => {
  const elsewhere = synthApp((chart) => new ReplicatedMySql(new Chart(chart, 'deep'), 'other-id'));
  expect(elsewhere).toBe(synthYaml());
});

test('the namespace is that of the props, or else of the chart', () => {
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

test('the pods carry them in addition to those of the props', () => {
  const labels = synth({ metadata: { podLabels: { team: 'blue' } } }).at(
    'StatefulSet/mysql: spec.template.metadata.labels',
  );
  expect(labels).toEqual({ ...LIBRARY_LABELS, team: 'blue' });
});

test('everything selects by labels that only the pods of the StatefulSet carry', () => {
  const manifests = synth({ name: 'orders' });
  const selector = selectorOf('orders');
  expect(manifests.at('Service/orders: spec.selector')).toEqual(selector);
  expect(manifests.at('Service/orders-read: spec.selector')).toEqual(selector);
  expect(manifests.at('Service/orders-primary: spec.selector')).toEqual({
    ...selector,
    'statefulset.kubernetes.io/pod-name': 'orders-0',
  });
  expect(manifests.at('StatefulSet/orders: spec.selector')).toEqual({ matchLabels: { app: 'orders' } }); // immutable
  expect(manifests.at('NetworkPolicy/orders: spec.podSelector')).toEqual({ matchLabels: selector });
  expect(manifests.at('NetworkPolicy/orders: spec.ingress[0].from')).toEqual([
    { podSelector: { matchLabels: selector } },
  ]);
  const templates = manifests.all.filter((object) => object.spec?.template);
  expect(templates.map((object) => object.kind)).toEqual(['StatefulSet']);
  expect(templates[0].spec.template.metadata.labels).toMatchObject(selector);
});

test('Flux replaces no variables in scripts and option files, which have some of their own', () => {
  const manifests = synth({ settings: { all: { init_connect: "'SET @a = ${b}'" } } });
  for (const object of manifests.all.filter((object) => JSON.stringify(object).includes('${'))) {
    expect(object.metadata.annotations).toEqual({ 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' });
  }
});

test('the claim template has no metadata but its name', () => {
  expect(synth().at('StatefulSet/mysql: spec.volumeClaimTemplates[data].metadata')).toEqual({ name: 'data' });
});

test('peers find each other before they are ready; clients find only ready instances', () => {
  expect(synth().at('Service/mysql: spec.publishNotReadyAddresses')).toBe(true);
  for (const service of ['mysql-primary', 'mysql-read']) {
    expect(synth().at(`Service/${service}: spec.publishNotReadyAddresses`)).toBe(undefined);
  }
});

test('no dependencies are declared', () => {
  const app = new App();
  new ReplicatedMySql(new Chart(app, 'chart'), 'cluster');
  const dependencies = app.node.findAll().flatMap((construct) => construct.node.dependencies);
  expect(dependencies.map(({ node }) => node.path)).toEqual([]);
});

test('validation walks the tree once per app', () => {
  const app = new App();
  const clusters = ['orders', 'users'].map((name) => new ReplicatedMySql(new Chart(app, name), 'db', { name }));
  const [appWalk, ...clusterWalks] = [app, ...clusters].map(({ node }) => jest.spyOn(node, 'findAll'));
  for (const { node } of [...clusters, ...clusters]) expect(node.validate()).toEqual([]);
  expect(appWalk).toHaveBeenCalledTimes(1);
  for (const walk of clusterWalks) expect(walk).not.toHaveBeenCalled();
});
