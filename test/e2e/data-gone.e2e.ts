import { small, TestCluster, yamlOf } from './support/cluster';
import { Killer } from './support/killer';
import { kubectl } from './support/kubectl';
import { finish } from './support/oracle';
import { commandsOf, runAsReader } from './support/task';

describe('data that is gone', () => {
  const props = { ...small, replicas: 2 };
  let cluster: TestCluster;
  let killer: Killer;

  beforeAll(async () => {
    [killer, cluster] = await Promise.all([Killer.start(), TestCluster.create('data-gone')]);
    await cluster.apply(props);
    await cluster.ready(2);
    await cluster.sql(0, 'CREATE DATABASE test; CREATE TABLE test.numbers (id INT PRIMARY KEY)');
    await cluster.converged(2, ['test.numbers']);
  });
  afterAll(() => Promise.all([finish(cluster), killer?.stop()]));

  // The kubelet makes a missing subPath anew, empty and writable, when a container starts.
  test('a missing data directory does not become an empty database', async () => {
    await cluster.onVolume(1, 'rm -rf /mnt/data/mysql');
    await killer.kill(cluster, 1, 'mysql'); // it can no longer shut down by itself
    await cluster.logged(1, 'mysql', 'REFUSED: the data directory is not complete');
    expect(await cluster.onVolume(1, 'ls -A /mnt/data/mysql')).toBe('');
    await cluster.restart(1);
    await cluster.ready(2);
    await cluster.converged(2, ['test.numbers']);
  });

  // The task "Give a volume back", with its own commands.
  test('a primary whose claim was deleted gets its volume back', async () => {
    const volumeName = () => cluster.kubectl('get', 'pvc', 'data-mysql-0', '-o', 'jsonpath={.spec.volumeName}');
    const volume = await volumeName();
    const reclaim = (policy: string) =>
      kubectl(['patch', 'pv', volume, '-p', JSON.stringify({ spec: { persistentVolumeReclaimPolicy: policy } })]);
    await reclaim('Retain');
    try {
      await cluster.loseVolume(0);
      await cluster.logged(0, 'init-mysql', 'REFUSED: this volume is empty');
      await runAsReader(
        `volume=${volume}\n${commandsOf('restore-the-primary', 'Give a volume back')}`,
        cluster.namespace,
        yamlOf(props),
      );
      await cluster.ready(2);
      expect(await volumeName()).toBe(volume);
      await cluster.converged(2, ['test.numbers']);
    } finally {
      await reclaim('Delete');
    }
  });

  test('a primary that is restored from a replica names the events that do not run there', async () => {
    await cluster.sql(0, 'CREATE EVENT test.nightly ON SCHEDULE EVERY 1 DAY DO DELETE FROM test.numbers');
    await cluster.converged(2, ['test.numbers']);
    await cluster.loseVolume(0);
    await cluster.logged(0, 'init-mysql', 'REFUSED: this volume is empty');
    await cluster.kubectl('patch', 'configmap', 'mysql', '--patch', '{"data":{"initialize":"fromReplica"}}');
    await cluster.kubectl('delete', 'pod', 'mysql-0');
    await cluster.ready(2);
    await cluster.logged(0, 'xtrabackup', "because this data was a replica's: test.nightly. For each that should:");
    await cluster.converged(2, ['test.numbers']);
  });

  test('a primary names the replication into it that does not run after a restart', async () => {
    await cluster.sql(0, "CHANGE REPLICATION SOURCE TO SOURCE_HOST = 'old.example.com' FOR CHANNEL 'migration'");
    await cluster.restart(0);
    await cluster.ready(2);
    await cluster.logged(0, 'xtrabackup', "does not run after a restart: channel 'migration' from old.example.com");
  });
});
