import { App, Chart } from 'cdk8s';
import { Deployment, k8s } from 'cdk8s-plus-28';
import { Credentials, Endpoint, Password, ReplicatedMySql, ReplicatedMySqlProps } from '../lib';
import { Manifests, selectorOf } from './support/manifests';

const declare = (props?: ReplicatedMySqlProps) => new ReplicatedMySql(new Chart(new App(), 'chart'), 'cluster', props);

describe.each([
  ['by default', undefined, 'mysql'],
  ['with another name', { name: 'orders' }, 'orders'],
])('%s', (_, props, name) => {
  const cluster = declare(props);

  test('primary is the endpoint for writes', () => {
    expect(cluster.primary).toEqual(new Endpoint(`${name}-0.${name}`, 3306));
    expect(cluster.primary.socketAddress).toBe(`${name}-0.${name}:3306`);
  });

  test('read is the endpoint of the Service for reads', () => {
    expect(cluster.read).toEqual(new Endpoint(`${name}-read`, 3306));
    expect(`${cluster.read}`).toBe(`${name}-read:3306`);
  });

  test('instance(n) is the endpoint of one instance, also beyond replicas', () => {
    expect(cluster.instance(0)).toEqual(cluster.primary);
    expect(cluster.instance(7).socketAddress).toBe(`${name}-7.${name}:3306`);
  });

  test('secretName is the name of the Secret with the passwords', () => {
    expect(cluster.secretName).toBe(name);
  });

  test('selector selects the instances', () => {
    expect(cluster.selector).toEqual(selectorOf(name));
  });
});

test.each([-1, 1.5, NaN])('instance(%s) is refused', (ordinal) => {
  expect(() => declare().instance(ordinal)).toThrow(
    new RangeError(`instance: ${ordinal} is not an ordinal. Use a whole number, at least 0`),
  );
});

test('endpoints are those of the YAML: names and ports of Services, and the names of pods', () => {
  const app = new App();
  const cluster = new ReplicatedMySql(new Chart(app, 'chart'), 'cluster', { name: 'orders' });
  const manifests = Manifests.parse(app.synthYaml());
  expect(manifests.at(`Service/${cluster.read.host}: spec.ports[mysql].port`)).toBe(cluster.read.port);
  const [pod, service] = cluster.primary.host.split('.');
  expect(pod).toBe(`${manifests.at('StatefulSet/orders: metadata.name')}-0`);
  expect(manifests.at('StatefulSet/orders: spec.serviceName')).toBe(service);
  expect(manifests.at(`Service/${service}: spec.clusterIP`)).toBe('None');
  expect(manifests.at(`Service/${service}: spec.ports[mysql].port`)).toBe(cluster.primary.port);
});

test('secretName is the name of the Secret in credentials', () => {
  expect(declare({ credentials: Credentials.fromSecret('vault') }).secretName).toBe('vault');
  expect(declare({ credentials: Credentials.insecure() }).secretName).toBeUndefined();
});

test('apps can change the objects', () => {
  const cluster = declare();
  const kinds = [
    [cluster.configMap, k8s.KubeConfigMap],
    [cluster.headlessService, k8s.KubeService],
    [cluster.primaryService, k8s.KubeService],
    [cluster.readService, k8s.KubeService],
    [cluster.networkPolicy, k8s.KubeNetworkPolicy],
    [cluster.disruptionBudget, k8s.KubePodDisruptionBudget],
    [cluster.statefulSet, k8s.KubeStatefulSet],
  ] as const;
  for (const [object, kind] of kinds) expect(object).toBeInstanceOf(kind);
  cluster.statefulSet.metadata.addAnnotation('example.com/note', 'mine');
  const yaml = (cluster.node.root as App).synthYaml();
  expect(Manifests.parse(yaml).at('StatefulSet/mysql: metadata.annotations[example.com/note]')).toBe('mine');
});

test('networkPolicy is undefined when network.policy is false', () => {
  expect(declare({ network: { policy: false } }).networkPolicy).toBeUndefined();
});

test('disruptionBudget is undefined when disruption.budget is false', () => {
  expect(declare({ disruption: { budget: false } }).disruptionBudget).toBeUndefined();
});

describe('connection', () => {
  const shop: ReplicatedMySqlProps = {
    credentials: Credentials.fromSecret('vault'),
    users: [{ name: 'shop', password: Password.fromKey('shop-password') }],
  };

  test('has what an application needs', () => {
    expect(declare(shop).connection('shop')).toMatchObject({
      user: 'shop',
      secretName: 'vault',
      passwordKey: 'shop-password',
      primary: new Endpoint('mysql-primary', 3306),
      read: new Endpoint('mysql-read', 3306),
    });
  });

  test('gives a container of cdk8s-plus its environment', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    const mysql = new ReplicatedMySql(chart, 'mysql', shop);
    for (const name of ['web', 'worker']) {
      const containers = [{ image: 'shop:1', envVariables: mysql.connection('shop').env }];
      new Deployment(chart, name, { metadata: { name }, containers });
    }
    expect(Manifests.parse(app.synthYaml()).at('Deployment/worker: spec.template.spec.containers[main].env')).toEqual([
      { name: 'MYSQL_HOST', value: 'mysql-primary' },
      { name: 'MYSQL_PORT', value: '3306' },
      { name: 'MYSQL_READ_HOST', value: 'mysql-read' },
      { name: 'MYSQL_USER', value: 'shop' },
      { name: 'MYSQL_PASSWORD', valueFrom: { secretKeyRef: { key: 'shop-password', name: 'vault' } } },
    ]);
  });

  test('is refused for a user that does not exist', () => {
    expect(() => declare(shop).connection('shopp')).toThrow(
      new RangeError('connection: "shopp" is not one of the users. Use one of these: "shop"'),
    );
  });
});
