import { Size } from 'cdk8s';
import { leaveFree } from '../faults/support/ballast';
import { small, TestCluster } from './support/cluster';
import { verdict } from './support/verdict';

const ROWS =
  'WITH RECURSIVE s (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 1000) SELECT REPEAT(RANDOM_BYTES(1000), 20) FROM s';

describe('a primary whose volume is full', () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await TestCluster.create('full-volume');
    await cluster.apply({ ...small, replicas: 2, storage: { size: Size.gibibytes(1) } });
    await cluster.ready(2);
  });
  afterAll(() => cluster?.destroy());

  test('starts again on the reserve, and opens once it has purged binary logs that its replica has', async () => {
    await cluster.sql(0, 'CREATE DATABASE test; CREATE TABLE test.bytes (id INT AUTO_INCREMENT PRIMARY KEY, b BLOB)');
    for (let log = 0; log < 5; log++)
      await cluster.sql(0, `INSERT INTO test.bytes (b) ${ROWS}; TRUNCATE test.bytes; FLUSH BINARY LOGS`);
    await cluster.converged(2);
    await leaveFree(cluster, 0, 0);
    await cluster.verdict(0, verdict('full', 'less than 16 MiB or 16 inodes are free on the volume'));
    await cluster.restart(0);
    await cluster.logged(0, 'init-mysql', 'gave up the reserve of the full volume so that mysqld can start');
    await cluster.logged(0, 'xtrabackup', 'mysqld runs on the reserve of a full volume and does no work');
    await cluster.logged(0, 'xtrabackup', 'purged the binary log binlog.0');
    await cluster.verdict(0, verdict('open', 'the primary of cluster'));
    expect(await cluster.onVolume(0, 'ls /mnt/data/.reserve | wc -l')).toBe('16\n');
    await cluster.sql(0, 'INSERT INTO test.bytes VALUES (1, 1)');
    await cluster.converged(2, ['test.bytes']);
  });
});
