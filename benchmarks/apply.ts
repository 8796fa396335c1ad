import { Credentials, ReplicatedMySqlProps } from '../lib';
import { TestCluster } from '../test/e2e/support/cluster';
import { eventually } from '../test/e2e/support/eventually';
import { Benchmark } from './benchmark';
import { about } from './support/about';
import { median } from './support/median';
import { Meter } from './support/meter';
import { options } from './support/options';
import { table, whole } from './support/table';
import { withCluster } from './support/with-cluster';

const PROPS: ReplicatedMySqlProps = { credentials: Credentials.insecure(), replicas: 2 };
const WRITERS = 16;
/** The transactions of each writer. */
const TRANSACTIONS = 500;

/** The applier's settings, by row. */
const TITLES: Record<string, string> = {
  library: "the library's settings",
  'one-worker': '`replica_parallel_workers=1`',
};

/**
 * Commits a row per transaction from all writers at once, and waits until the replica has received them.
 *
 * @returns the GTIDs of everything that the primary has committed
 */
async function burst(cluster: TestCluster): Promise<string> {
  await cluster.sql(0, 'TRUNCATE bench.burst');
  await cluster.exec(
    0,
    `for ((w = 0; w < ${WRITERS}; w++)); do
       seq -f "INSERT INTO bench.burst VALUES ($w, %.0f, REPEAT('x', 50));" ${TRANSACTIONS} | mysql &
     done
     wait`,
  );
  const executed = await cluster.sql(0, "SELECT REPLACE(@@GLOBAL.gtid_executed, '\\n', '')");
  await eventually('all transactions in the relay log', async () => {
    const received = 'SELECT RECEIVED_TRANSACTION_SET FROM performance_schema.replication_connection_status';
    const missing = await cluster.sql(
      1,
      `SELECT GTID_SUBTRACT('${executed}', CONCAT_WS(',', (${received}), @@GLOBAL.gtid_executed))`,
    );
    if (missing) throw new Error(missing);
    return true;
  });
  return executed;
}

/** Transactions per second that the replica applies, from the start of its applier to the last transaction, by its own clock. */
async function rate(cluster: TestCluster, workers: number): Promise<number> {
  await cluster.sql(1, `STOP REPLICA SQL_THREAD; SET GLOBAL replica_parallel_workers = ${workers}`);
  const committed = await burst(cluster);
  const seconds = await cluster.sql(
    1,
    `SET @start = SYSDATE(6);
     START REPLICA SQL_THREAD;
     DO WAIT_FOR_EXECUTED_GTID_SET('${committed}', 600);
     SELECT TIMESTAMPDIFF(MICROSECOND, @start, SYSDATE(6)) / 1000000`,
  );
  const rows = Number(await cluster.sql(1, 'SELECT COUNT(*) FROM bench.burst'));
  if (rows !== WRITERS * TRANSACTIONS) throw new Error(`${rows} rows on the replica`);
  return rows / Number(seconds);
}

async function measure(cluster: TestCluster, rows: readonly string[], rounds: number, meter: Meter) {
  await cluster.apply(PROPS);
  await cluster.ready(2);
  await cluster.sql(
    0,
    'CREATE DATABASE bench; CREATE TABLE bench.burst (writer INT, n INT, payload VARCHAR(100), PRIMARY KEY (writer, n))',
  );
  const own = Number(await cluster.sql(1, 'SELECT @@GLOBAL.replica_parallel_workers'));
  const rates = new Map<string, number[]>(rows.map((row) => [row, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const row of rows) {
      await meter.almostQuiet();
      const measured = await rate(cluster, row === 'one-worker' ? 1 : own);
      rates.get(row)!.push(measured);
      console.info(`round ${round}: ${row} ${whole(measured)} transactions per second`);
    }
  }
  return rates;
}

function result(rates: ReadonlyMap<string, number[]>): string {
  const slow = rates.get('one-worker');
  return table(
    ['The applier of a replica', 'Transactions per second', 'Lowest to highest', 'As a multiple of one worker'],
    [...rates].map(([row, values]) => [
      TITLES[row],
      whole(median(values)),
      `${whole(Math.min(...values))} to ${whole(Math.max(...values))}`,
      slow ? (median(values) / median(slow)).toFixed(2) : '–',
    ]),
  );
}

async function run(args: string[]): Promise<void> {
  const { rows, rounds } = options(args, { rows: Object.keys(TITLES), rounds: 5 });
  await Meter.with((meter) =>
    withCluster('apply', async (cluster) => {
      const rates = await measure(cluster, rows, rounds, meter);
      console.info(`\n${await about(cluster)}, ${rounds} rounds, medians\n\n${result(rates)}`);
    }),
  );
}

export const apply: Benchmark = {
  name: 'apply',
  title: `how fast a replica applies a burst of small transactions from ${WRITERS} writers`,
  run,
};
