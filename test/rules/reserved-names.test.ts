import { App, Chart } from 'cdk8s';
import { ReplicatedMySql } from '../../lib';

/** An app with a chart for each cluster, given as `[name, namespace]`. */
function app(...clusters: [name: string | undefined, namespace?: string][]): App {
  const root = new App();
  clusters.forEach(([name, namespace], i) => new ReplicatedMySql(new Chart(root, `c${i}`), 'db', { name, namespace }));
  return root;
}

const accepted = (root: App) => expect(() => root.synthYaml()).not.toThrow();

test('two clusters of one name in one namespace are refused, each naming the other', () => {
  const root = app(['orders', 'shop'], ['orders', 'shop']);
  expect(() => root.synthYaml()).toThrow(
    '[c0/db] name: "orders" creates the Service "orders", and so does c1/db. Give one of the two another name or namespace',
  );
  expect(() => root.synthYaml()).toThrow('[c1/db] name: "orders" creates the Service "orders", and so does c0/db.');
  expect(() => root.synthYaml()).not.toThrow('orders-read');
});

test('two clusters without a name and a namespace are refused', () => {
  expect(() => app([undefined], [undefined]).synthYaml()).toThrow(
    'name: "mysql" creates the Service "mysql", and so does',
  );
});

test('the default name and the same name set explicitly are one name', () => {
  expect(() => app([undefined], ['mysql']).synthYaml()).toThrow(
    'name: "mysql" creates the Service "mysql", and so does',
  );
});

test('the namespace of the chart and the same one set explicitly are one namespace', () => {
  const root = new App();
  new ReplicatedMySql(new Chart(root, 'a', { namespace: 'shop' }), 'db');
  new ReplicatedMySql(new Chart(root, 'b'), 'db', { namespace: 'shop' });
  expect(() => root.synthYaml()).toThrow('[a/db] name: "mysql" creates the Service "mysql", and so does b/db');
});

test('two clusters of one name in one chart are refused', () => {
  const root = new App();
  const chart = new Chart(root, 'chart');
  new ReplicatedMySql(chart, 'a');
  new ReplicatedMySql(chart, 'b');
  expect(() => root.synthYaml()).toThrow('[chart/a] name: "mysql" creates the Service "mysql", and so does chart/b');
});

test.each(['mysql-read', 'mysql-primary'])(
  "a cluster with the name of another cluster's Service is refused: %s",
  (name) => {
    const root = app(['mysql'], [name]);
    expect(() => root.synthYaml()).toThrow(`[c0/db] name: "mysql" creates the Service "${name}", and so does c1/db.`);
    expect(() => root.synthYaml()).toThrow(`[c1/db] name: "${name}" creates the Service "${name}", and so does c0/db.`);
  },
);

test('no namespace counts as a separate namespace', () => {
  accepted(app(['orders'], ['orders', 'shop']));
});

test('one name in different namespaces is accepted', () => {
  accepted(app(['orders', 'shop'], ['orders', 'lab']));
});

test('different names in one namespace are accepted', () => {
  accepted(app(['orders', 'shop'], ['orders-archive', 'shop']));
});

test('one name in different apps is accepted', () => {
  accepted(app(['orders']));
  accepted(app(['orders']));
});
