import { small, TestCluster } from './support/cluster';
import { Killer } from './support/killer';
import { killWithin, rounds } from './support/rounds';

// Every process of a container dies at a random moment while a database or replication is set up; nobody mends anything.
describe('kills while something is set up', () => {
  let killer: Killer;
  let cluster: TestCluster;

  beforeAll(async () => {
    [killer, cluster] = await Promise.all([Killer.start(), TestCluster.create('kills-of-set-up')]);
  });
  afterAll(async () => {
    await cluster?.destroy();
    await killer?.stop();
  });

  test('init-mysql in the first initialization', async () => {
    await cluster.apply({ ...small, replicas: 1 });
    await rounds(async (n) => {
      if (n > 1) await cluster.loseVolume(0);
      const hit = await killWithin(6, killer, cluster, 0, 'init-mysql');
      await cluster.ready(1);
      expect(await cluster.sql(0, 'SELECT COUNT(*) FROM replicated_mysql.cluster')).toBe('1');
      const accounts = 'SELECT GROUP_CONCAT(user ORDER BY user) FROM mysql.user WHERE user NOT LIKE "mysql.%"';
      expect(await cluster.sql(0, accounts)).toBe('backup,probe,replication,root,root');
      expect(await cluster.sql(0, 'SELECT @@GLOBAL.gtid_executed')).toBe('');
      return hit;
    });
  }, 1_200_000);

  test('the sidecar while it sets replication up', async () => {
    await cluster.sql(0, 'CREATE DATABASE test; CREATE TABLE test.numbers (id INT PRIMARY KEY)');
    await cluster.scale(2);
    await rounds(async (n) => {
      if (n > 1) await cluster.loseVolume(1);
      const hit = await killWithin(4, killer, cluster, 1, 'xtrabackup');
      await cluster.sql(0, `INSERT INTO test.numbers VALUES (${n})`);
      await cluster.ready(2);
      await cluster.converged(2, ['test.numbers']);
      return hit;
    });
  }, 1_200_000);
});
