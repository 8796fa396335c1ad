import { TestCluster } from '../e2e/support/cluster';
import { eventually } from '../e2e/support/eventually';
import { chartDirectory, helm, valuesFile } from './support/helm';

const chart = chartDirectory();

/** Two releases of the chart in one namespace that admits only restricted pods. */
describe('releases', () => {
  let cluster: TestCluster;
  const inNamespace = (...args: string[]) => helm(...args, '--namespace', cluster.namespace);
  const small = valuesFile({
    replicas: 2,
    storage: { size: '2Gi' },
    resources: {
      mysql: { requests: { cpu: '50m', memory: '500Mi' } },
      xtrabackup: { requests: { cpu: '10m', memory: '50Mi' } },
    },
    settings: { all: { 'innodb-redo-log-capacity': '16M' } },
    termination: { preStop: 1, gracePeriod: 30 },
  });

  const get = (...args: string[]) => cluster.kubectl('get', ...args);
  const rolledOut = (name: string) => cluster.kubectl('rollout', 'status', `statefulset/${name}`, '--timeout=500s');

  beforeAll(async () => {
    cluster = await TestCluster.create('chart', { 'pod-security.kubernetes.io/enforce': 'restricted' });
    for (const release of ['orders', 'users']) {
      const stringData = Object.fromEntries(
        ['root', 'replication', 'backup', 'probe'].map((account) => [
          `${account}-password`,
          `${release} "\\' ${account} 7!`,
        ]),
      );
      await cluster.create({ apiVersion: 'v1', kind: 'Secret', metadata: { name: release }, stringData });
    }
  });
  afterAll(() => cluster?.destroy());

  test('two of them stand side by side, and helm test passes', async () => {
    for (const release of ['orders', 'users']) {
      expect(inNamespace('install', release, chart, '--values', small)).toContain(`${release}-primary:3306`);
    }
    for (const release of ['orders', 'users']) {
      await rolledOut(release);
      inNamespace('test', release, '--timeout', '120s');
      expect(await cluster.kubectl('logs', `${release}-test`)).toMatch(`${release}-read leads to ${release}-`);
    }
  });

  test('an upgrade adds an instance and rolls the pods for a setting; a rollback undoes both', async () => {
    const setting = 'SELECT @@max_connections';
    const asked = async (pod: string) =>
      (
        await cluster.kubectl(
          ...['exec', pod, '-c', 'mysql', '--', 'bash', '-c'],
          `MYSQL_PWD=$(</mnt/credentials/root-password) mysql -Ne '${setting}'`,
        )
      ).trim();
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

  test('what is uninstalled leaves its claims, and nothing of the other release', async () => {
    inNamespace('uninstall', 'orders', '--wait');
    expect(await get('all,configmap,networkpolicy,poddisruptionbudget', '-l', 'app=orders', '-o', 'name')).toBe('');
    expect(await get('pvc', '-l', 'app=orders', '-o', 'name')).toContain('data-orders-0');
    inNamespace('test', 'users', '--timeout', '120s');
  });
});
