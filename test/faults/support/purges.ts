import { TestCluster } from '../../e2e/support/cluster';
import { eventually } from '../../e2e/support/eventually';
import { received } from './received';

/** Purges the primary's binary logs until they lack transactions that an instance with these GTIDs needs. The load must run. */
export async function purgeBeyond(cluster: TestCluster, gtids: string): Promise<void> {
  await eventually(`binary logs purged beyond ${gtids}`, async () => {
    await cluster.sql(0, 'FLUSH BINARY LOGS');
    const last = (await cluster.sql(0, 'SHOW BINARY LOGS')).split('\n').pop()!.split('\t')[0];
    await cluster.sql(0, `PURGE BINARY LOGS TO '${last}'`);
    return (await cluster.sql(0, `SELECT GTID_SUBTRACT(@@GLOBAL.gtid_purged, '${gtids}')`)) || undefined;
  });
}

/** Purges beyond a replica that is cut off. It first ends the dump thread, which would keep the log that it sends. */
export async function purgeBeyondReplica(cluster: TestCluster, replica: number): Promise<void> {
  const here = Number(await cluster.sql(replica, 'SELECT @@server_id'));
  const uuid = await cluster.sql(replica, 'SELECT @@server_uuid');
  const dump = `SELECT PROCESSLIST_ID FROM performance_schema.threads JOIN performance_schema.user_variables_by_thread USING (THREAD_ID)
    WHERE VARIABLE_NAME IN ('slave_uuid', 'replica_uuid') AND VARIABLE_VALUE = '${uuid}'`;
  await eventually(`the end of the primary's dump thread for server ${here}`, async () => {
    const [id] = (await cluster.sql(0, dump)).split('\n');
    if (!id) return true;
    await cluster.sql(0, `KILL ${id}`);
    return undefined;
  });
  await purgeBeyond(cluster, await received(cluster, replica));
}
