import { small, TestCluster, yamlOf } from './support/cluster';
import { Killer } from './support/killer';
import { kubectl } from './support/kubectl';
import { commandsOf, runAsReader } from './support/task';

// When a container starts, the kubelet creates a missing subPath again, empty and writable.
test('a deleted data directory does not become an empty database', async () => {
  const [killer, cluster] = await Promise.all([Killer.start(), TestCluster.create('data-gone')]);
  try {
    await cluster.apply({ ...small, replicas: 2 });
    await cluster.ready(2);
    await cluster.sql(0, 'CREATE DATABASE test; CREATE TABLE test.numbers (id INT PRIMARY KEY)');
    await cluster.onVolume(1, 'rm -rf /mnt/data/mysql');
    await killer.kill(cluster, 1, 'mysql'); // it can no longer shut down cleanly
    await cluster.logged(1, 'mysql', 'REFUSED: the data directory is not complete');
    expect(await cluster.onVolume(1, 'ls -A /mnt/data/mysql')).toBe('');
    await cluster.restart(1);
    await cluster.ready(2);
    await cluster.converged(2, ['test.numbers']);
  } finally {
    await cluster.destroy();
    await killer.stop();
  }
});

// Runs the commands of "Give a volume back" in docs/tasks/restore-the-primary.md.
test('a primary whose claim was deleted gets its volume back', async () => {
  const cluster = await TestCluster.create('given-back');
  const props = { ...small, replicas: 2 };
  const volumeName = () => cluster.kubectl('get', 'pvc', 'data-mysql-0', '-o', 'jsonpath={.spec.volumeName}');
  let volume: string | undefined;
  const reclaim = (policy: string) =>
    kubectl(['patch', 'pv', volume!, '-p', JSON.stringify({ spec: { persistentVolumeReclaimPolicy: policy } })]);
  try {
    await cluster.apply(props);
    await cluster.ready(2);
    await cluster.sql(0, 'CREATE DATABASE test; CREATE TABLE test.numbers (id INT PRIMARY KEY)');
    await cluster.converged(2, ['test.numbers']);
    volume = await volumeName();
    await reclaim('Retain');
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
    if (volume) await reclaim('Delete');
    await cluster.destroy();
  }
});
