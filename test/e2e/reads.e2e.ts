import { Reads } from '../../lib';
import { small, TestCluster, yamlOf } from './support/cluster';
import { eventually } from './support/eventually';
import { commandsOf, runAsReader } from './support/task';

// reads.from: mysql-read leads to the replicas only, or to the primary while no replica is ready. The commands of
// docs/tasks/read-from-replicas.md turn it on for a running cluster.
describe('reads from replicas', () => {
  let cluster: TestCluster;
  const props = { ...small, replicas: 2 };

  beforeAll(async () => {
    cluster = await TestCluster.create('reads', { 'pod-security.kubernetes.io/enforce': 'restricted' });
    await cluster.apply(props);
    await cluster.ready(2);
    await cluster.leads('mysql-read', ['mysql-0', 'mysql-1']);
  });
  afterAll(() => cluster?.destroy());

  test('can be turned on while the cluster serves: mysql-read always leads to an instance', async () => {
    const before = await cluster.pods();
    const dist = yamlOf({ ...props, reads: { from: Reads.fromReplicas() } });
    await runAsReader(commandsOf('read-from-replicas'), cluster.namespace, dist);
    const led = await eventually(
      'both pods replaced, and mysql-read leading to the replica alone',
      async () => {
        const endpoints = await cluster.endpoints('mysql-read');
        if (!endpoints.length) return 'to no instance';
        const pods = await cluster.pods();
        const replaced = pods.every(({ uid }) => !before.some((old) => old.uid === uid));
        if (!replaced || endpoints.join() !== 'mysql-1') throw new Error(JSON.stringify([endpoints, pods]));
        return 'to the replica';
      },
      300,
    );
    expect(led).toBe('to the replica');
    await cluster.ready(2);
  });

  test('go to the primary while no replica is ready', async () => {
    await cluster.exec(1, 'touch /var/run/mysqld/unready');
    await cluster.leads('mysql-read', ['mysql-0']);
    await cluster.exec(1, 'rm /var/run/mysqld/unready');
    await cluster.leads('mysql-read', ['mysql-1']);
  });

  test('the ServiceAccount can patch only the pods of the cluster', async () => {
    const patch = (pod: string) =>
      cluster.exec(
        1,
        `curl --silent --output /dev/null --write-out '%{http_code}' --cacert /mnt/api/ca.crt \\
          --config <(printf 'header = "Authorization: Bearer %s"\\n' "$(cat /mnt/api/token)") --request PATCH \\
          --header 'Content-Type: application/merge-patch+json' --data '{}' \\
          "https://kubernetes.default.svc/api/v1/namespaces/$(cat /mnt/api/namespace)/pods/${pod}"`,
        'xtrabackup',
      );
    expect(await patch('mysql-1')).toBe('200');
    expect(await patch('shop')).toBe('403');
  });
});
