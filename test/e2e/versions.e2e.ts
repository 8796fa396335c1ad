import { MySqlVersion } from '../../lib';
import { small, TestCluster } from './support/cluster';

// 8.4 is what all other tests run on. A clone of 9.7 needs more than XtraBackup, so here is its primary alone.
test('a primary of MySQL 9.7 initializes, gives no GTID away, and opens', async () => {
  const cluster = await TestCluster.create('versions');
  try {
    await cluster.apply({ ...small, version: MySqlVersion.V9_7, replicas: 1 });
    await cluster.ready(1);
    expect(
      await cluster.sql(0, 'SELECT VERSION() LIKE "9.7.%", @@GLOBAL.gtid_executed, @@GLOBAL.super_read_only'),
    ).toBe('1\t\t0');
    await cluster.restart(0);
    await cluster.ready(1);
    await cluster.sql(0, 'CREATE DATABASE test');
  } finally {
    await cluster.destroy();
  }
});
