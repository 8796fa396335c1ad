import { ReplicatedMySqlProps } from '../../lib';
import { small, TestCluster, yamlOf } from '../e2e/support/cluster';
import { eventually } from '../e2e/support/eventually';
import { chartDirectory, helm, valuesFile } from './support/helm';
import { valuesOf } from './support/values-of';

const chart = chartDirectory();
const props: ReplicatedMySqlProps = { ...small, credentials: undefined, replicas: 2 };
const values = valuesFile(valuesOf(props));

/** Two releases of the chart in one namespace, which admits only restricted pods. */
describe('releases', () => {
  let cluster: TestCluster;
  const inNamespace = (...args: string[]) => helm(...args, '--namespace', cluster.namespace);
  const get = (...args: string[]) => cluster.kubectl('get', ...args);
  const rolledOut = (name: string) => cluster.kubectl('rollout', 'status', `statefulset/${name}`, '--timeout=500s');
  const passes = async (release: string) => {
    inNamespace('test', release, '--timeout', '120s');
    expect(await cluster.kubectl('logs', `${release}-test`)).toMatch(`${release}-read leads to ${release}-`);
  };

  beforeAll(async () => {
    cluster = await TestCluster.create('chart', { 'pod-security.kubernetes.io/enforce': 'restricted' });
    for (const release of ['orders', 'users']) {
      const accounts = ['root', 'replication', 'backup', 'probe'];
      const passwords = accounts.map((account) => [`${account}-password`, `${release} "\\' ${account} 7!`]);
      const stringData = Object.fromEntries(passwords);
      await cluster.create({ apiVersion: 'v1', kind: 'Secret', metadata: { name: release }, stringData });
    }
    await cluster.applyYaml(yamlOf({ ...props, name: 'users' }));
  });
  afterAll(() => cluster?.destroy());

  test('one is installed', async () => {
    expect(inNamespace('install', 'orders', chart, '--values', values)).toContain('orders-primary:3306');
    await rolledOut('orders');
    await passes('orders');
  });

  test('the other takes over what the YAML of the construct made, and restarts no pod', async () => {
    await rolledOut('users');
    const pods = () => get('pods', '-l', 'app=users', '-o', 'jsonpath={.items[*].metadata.uid}');
    const before = await pods();
    inNamespace('install', 'users', chart, '--values', values, '--take-ownership');
    await rolledOut('users');
    expect(await pods()).toBe(before);
    await passes('users');
  });

  test('an upgrade adds an instance and rolls the pods for a setting; a rollback undoes both', async () => {
    const asked = async (pod: string) => {
      const login = 'MYSQL_PWD=$(</mnt/credentials/root-password)';
      const query = `${login} mysql -Ne 'SELECT @@max_connections'`;
      return (await cluster.kubectl('exec', pod, '-c', 'mysql', '--', 'bash', '-c', query)).trim();
    };
    const before = await asked('orders-0');
    inNamespace('upgrade', 'orders', chart, '--reuse-values', '--set', 'replicas=3,settings.all.max_connections=77');
    await rolledOut('orders');
    expect(await Promise.all(['orders-0', 'orders-1', 'orders-2'].map(asked))).toEqual(['77', '77', '77']);
    inNamespace('rollback', 'orders', '1');
    await rolledOut('orders');
    await eventually('the third instance is gone', async () =>
      (await get('pods', '-l', 'app=orders', '-o', 'name')).includes('orders-2') ? undefined : true,
    );
    expect(await Promise.all(['orders-0', 'orders-1'].map(asked))).toEqual([before, before]);
  });

  test('what is uninstalled leaves its claims, and the other release alone', async () => {
    inNamespace('uninstall', 'orders', '--wait', '--cascade', 'foreground');
    const kinds = 'statefulset,service,configmap,networkpolicy,poddisruptionbudget,pod';
    expect(await get(kinds, '-l', 'app=orders', '-o', 'name')).toBe('');
    expect(await get('pvc', '-l', 'app=orders', '-o', 'name')).toContain('data-orders-0');
    await passes('users');
  });
});
