import { TestCluster } from '../../e2e/support/cluster';
import { eventually } from '../../e2e/support/eventually';

const QUERY = `SELECT REPLACE(CONCAT_WS(',', @@GLOBAL.gtid_executed,
  (SELECT RECEIVED_TRANSACTION_SET FROM performance_schema.replication_connection_status WHERE CHANNEL_NAME = '')), '\\n', '')`;

/** The GTIDs that an instance has executed, or has received and not yet applied. */
export async function received(cluster: TestCluster, ordinal: number): Promise<string> {
  return (await cluster.sql(ordinal, QUERY)).replaceAll('\\n', '');
}

/** The GTIDs that at least one replica has received. */
export async function receivedByAny(cluster: TestCluster, instances: number): Promise<string> {
  const sets: string[] = [];
  for (let ordinal = 1; ordinal < instances; ordinal++) sets.push(await received(cluster, ordinal));
  return sets.join(',');
}

/** Waits until each transaction of the primary has reached at least one replica. Pause the load first. */
export async function allReceived(cluster: TestCluster, instances: number): Promise<void> {
  await eventually('all transactions of the primary received by replicas', async () => {
    const lacking = await cluster.sql(
      0,
      `SELECT GTID_SUBTRACT(@@GLOBAL.gtid_executed, '${await receivedByAny(cluster, instances)}')`,
    );
    if (lacking) throw new Error(`no replica has received ${lacking}`);
    return true;
  });
}

/** Throws if an instance lacks any of these GTIDs. */
export async function expectAll(cluster: TestCluster, ordinal: number, gtids: string): Promise<void> {
  const lacking = await cluster.sql(ordinal, `SELECT GTID_SUBTRACT('${gtids}', @@GLOBAL.gtid_executed)`);
  if (lacking) throw new Error(`mysql-${ordinal} lacks ${lacking}, which a replica had received`);
}
