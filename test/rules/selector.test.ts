import { ApiObject, App, Chart } from 'cdk8s';
import { ReplicatedMySql } from '../../lib';

const SELECTOR = { app: 'orders', 'app.kubernetes.io/instance': 'orders', 'app.kubernetes.io/component': 'database' };

/** An app with a cluster `orders` in the namespace `shop`, and something else in the same namespace. */
function app(declare: (chart: Chart) => void): App {
  const root = new App();
  declare(new Chart(root, 'shop', { namespace: 'shop' }));
  new ReplicatedMySql(new Chart(root, 'database', { namespace: 'shop' }), 'db', { name: 'orders' });
  return root;
}

const template = (labels: object) => ({ metadata: { labels }, spec: { containers: [] } });

test.each<[string, object]>([
  ['Pod', { metadata: { labels: SELECTOR } }],
  ['Deployment', { spec: { template: template({ ...SELECTOR, tier: 'web' }) } }],
  ['Job', { spec: { template: template(SELECTOR) } }],
  ['CronJob', { spec: { jobTemplate: { spec: { template: template(SELECTOR) } } } }],
])('a %s whose pods have all labels of the selector is refused', (kind, fields) => {
  const root = app((chart) => new ApiObject(chart, 'other', { apiVersion: 'v1', kind, ...fields }));
  expect(() => root.synthYaml()).toThrow(
    '[database/db] name: "orders" makes Services, NetworkPolicy and budget select the pods of shop/other too, whose labels have all of app: orders, app.kubernetes.io/instance: orders, app.kubernetes.io/component: database. Change one of these labels there, or the name here',
  );
});

test.each<[string, object, string]>([
  ['that has only the label app', { app: 'orders' }, 'shop'],
  ['that has another component', { ...SELECTOR, 'app.kubernetes.io/component': 'web' }, 'shop'],
  ['in another namespace', SELECTOR, 'elsewhere'],
])('a workload %s is accepted', (_, labels, namespace) => {
  const root = app(
    (chart) =>
      new ApiObject(chart, 'other', {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { namespace },
        spec: { template: template(labels) },
      }),
  );
  expect(() => root.synthYaml()).not.toThrow();
});

test('two clusters of different names are accepted', () => {
  const root = app((chart) => new ReplicatedMySql(chart, 'db', { name: 'users' }));
  expect(() => root.synthYaml()).not.toThrow();
});
