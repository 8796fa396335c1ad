import { Duration } from 'cdk8s';
import { small, TestCluster } from './support/cluster';
import { eventually } from './support/eventually';
import { verdict } from './support/verdict';

// reads.maxLag: a replica that receives while its applier stands still leaves mysql-read until it has caught up.
describe('a replica that lags', () => {
  let cluster: TestCluster;

  beforeAll(async () => {
    cluster = await TestCluster.create('lag');
    await cluster.apply({ ...small, replicas: 2, reads: { maxLag: Duration.seconds(5) } });
    await cluster.ready(2);
    await cluster.sql(0, 'CREATE DATABASE test; CREATE TABLE test.numbers (id INT AUTO_INCREMENT PRIMARY KEY)');
    await cluster.converged(2);
  });
  afterAll(() => cluster?.destroy());

  const insert = () => cluster.sql(0, 'INSERT INTO test.numbers VALUES ()');

  test('leaves mysql-read, and returns when it has caught up', async () => {
    await cluster.leads('mysql-read', ['mysql-0', 'mysql-1']);
    const lock = cluster.tryExec(1, 'mysql', 'mysql -e "LOCK TABLES test.numbers READ; DO SLEEP(600)"');
    const holder = "SELECT ID FROM performance_schema.processlist WHERE INFO = 'DO SLEEP(600)'";
    await eventually('the lock', async () => (await cluster.sql(1, holder)) || undefined);
    await insert();
    await cluster.verdict(1, verdict('lagging', 'more than 5 s behind mysql-0'));
    await cluster.leads('mysql-read', ['mysql-0']);
    expect(await cluster.sql(1, 'SELECT SERVICE_STATE FROM performance_schema.replication_connection_status')).toBe(
      'ON',
    );

    await cluster.sql(1, `KILL ${await cluster.sql(1, holder)}`);
    await lock;
    await cluster.leads('mysql-read', ['mysql-0', 'mysql-1']);
    await cluster.converged(2, ['test.numbers']);
  });

  test('does not lag in a pause of the writes longer than the bound, nor at the first write after it', async () => {
    const said = async () => (await cluster.logs(1, 'xtrabackup')).split('behind').length;
    const before = await said();
    await cluster.sql(0, 'DO SLEEP(8)');
    await cluster.verdict(1, verdict('replicating', 'replicating from mysql-0'));
    await insert();
    await cluster.converged(2, ['test.numbers']);
    await cluster.verdict(1, verdict('replicating', 'replicating from mysql-0'));
    expect(await said()).toBe(before);
  });
});
