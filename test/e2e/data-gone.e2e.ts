import { small, TestCluster } from './support/cluster';
import { Killer } from './support/killer';

// The kubelet makes a missing subPath anew, empty and writable, when a container starts.
test('a data directory that is gone does not become an empty database', async () => {
  const [killer, cluster] = await Promise.all([Killer.start(), TestCluster.create('data-gone')]);
  try {
    await cluster.apply({ ...small, replicas: 2 });
    await cluster.ready(2);
    await cluster.sql(0, 'CREATE DATABASE test; CREATE TABLE test.numbers (id INT PRIMARY KEY)');
    await cluster.onVolume(1, 'rm -rf /mnt/data/mysql');
    await killer.kill(cluster, 1, 'mysql'); // which could not end by itself any more
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
