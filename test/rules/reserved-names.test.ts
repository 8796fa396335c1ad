import { App, Chart } from 'cdk8s';
import { ReplicatedMySql } from '../../lib';

/** An app with a chart per cluster, each `[name, namespace]`. */
function app(...clusters: [name: string | undefined, namespace?: string][]): App {
  const root = new App();
  clusters.forEach(([name, namespace], i) => new ReplicatedMySql(new Chart(root, `c${i}`), 'db', { name, namespace }));
  return root;
}

const accepted = (root: App) => expect(() => root.synthYaml()).not.toThrow();

test('two clusters of one name in one namespace are refused, each naming the other', () => {
  const root = app(['orders', 'shop'], ['orders', 'shop']);
  expect(() => root.synthYaml()).toThrow(
    '[c0/db] name: "orders" is also a Service of c1/db. Give one of the two another name or namespace',
  );
  expect(() => root.synthYaml()).toThrow('[c1/db] name: "orders" is also a Service of c0/db.');
  expect(() => root.synthYaml()).not.toThrow('orders-read');
});

test('two clusters with no name and no namespace are refused', () => {
  expect(() => app([undefined], [undefined]).synthYaml()).toThrow('name: "mysql" is also a Service of');
});

test('the default name and the same name given are one name', () => {
  expect(() => app([undefined], ['mysql']).synthYaml()).toThrow('name: "mysql" is also a Service of');
});

test('a namespace of the chart and the same one given are one namespace', () => {
  const root = new App();
  new ReplicatedMySql(new Chart(root, 'a', { namespace: 'shop' }), 'db');
  new ReplicatedMySql(new Chart(root, 'b'), 'db', { namespace: 'shop' });
  expect(() => root.synthYaml()).toThrow('[a/db] name: "mysql" is also a Service of b/db');
});

test('two clusters in one chart are refused, too', () => {
  const root = new App();
  const chart = new Chart(root, 'chart');
  new ReplicatedMySql(chart, 'a');
  new ReplicatedMySql(chart, 'b');
  expect(() => root.synthYaml()).toThrow('[chart/a] name: "mysql" is also a Service of chart/b');
});

test.each(['mysql-read', 'mysql-primary'])("a cluster called as another's Service is refused: %s", (name) => {
  const root = app(['mysql'], [name]);
  expect(() => root.synthYaml()).toThrow(`[c0/db] name: "mysql" gives "${name}", which is also a Service of c1/db.`);
  expect(() => root.synthYaml()).toThrow(`[c1/db] name: "${name}" is also a Service of c0/db.`);
});

test('no namespace counts as a namespace of its own', () => {
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
