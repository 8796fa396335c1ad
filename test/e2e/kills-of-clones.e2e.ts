import { small, TestCluster } from './support/cluster';
import { Killer } from './support/killer';
import { killWithin, randomMoment, rounds } from './support/rounds';

// Every process of a container dies at a random moment while a replica is made; nobody mends anything.
describe('kills while a replica is cloned', () => {
  let killer: Killer;
  let cluster: TestCluster;
  let rows = 0;

  async function writeAndConverge(): Promise<void> {
    await cluster.sql(0, `INSERT INTO test.numbers VALUES (${++rows}, REPEAT('x', 1000))`);
    await cluster.ready(2);
    await cluster.converged(2, ['test.numbers']);
    expect(await cluster.sql(1, 'SELECT COUNT(*) FROM test.numbers')).toBe(String(rows));
  }

  beforeAll(async () => {
    [killer, cluster] = await Promise.all([Killer.start(), TestCluster.create('kills-of-clones')]);
    await cluster.apply({ ...small, replicas: 2 });
    await cluster.ready(2);
    await cluster.sql(0, 'CREATE DATABASE test; CREATE TABLE test.numbers (id INT PRIMARY KEY, text TEXT)');
  });
  afterAll(async () => {
    await cluster?.destroy();
    await killer?.stop();
  });

  test('clone-mysql', async () => {
    await rounds(async () => {
      await cluster.loseVolume(1);
      const hit = await killWithin(7, killer, cluster, 1, 'clone-mysql');
      await writeAndConverge();
      return hit;
    });
  }, 1_200_000);

  test('the donor', async () => {
    await rounds(async () => {
      await cluster.loseVolume(1);
      await cluster.logged(1, 'clone-mysql', 'cloning from mysql-0');
      await randomMoment(5);
      const hit = await killer.kill(cluster, 0, 'xtrabackup');
      await writeAndConverge();
      await cluster.restart(0); // a pod of its own for each kill: Kubernetes delays the restarts of a container more and more
      return hit;
    });
  }, 1_200_000);
});
