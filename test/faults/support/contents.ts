import { TestCluster } from '../../e2e/support/cluster';

/** What an instance contains, and whether it replicates. */
export interface InstanceContents {
  readonly instance: string;
  readonly gtids: string;
  /** Transactions that the primary lacks. */
  readonly errant: string;
  readonly checksums: string;
  /** The number of rows with other data than was written. */
  readonly mismatches: number;
  /** The number of large transactions of which only a part is there. */
  readonly torn: number;
  /** The transactions it has, as "C:N". */
  readonly rows: ReadonlySet<string>;
  /** The states of a replica's receiver and applier. */
  readonly threads: readonly string[];
}

const QUERY = `
SELECT 'gtids', REPLACE(@@GLOBAL.gtid_executed, '\\n', '');
SELECT 'thread', SERVICE_STATE FROM performance_schema.replication_connection_status WHERE CHANNEL_NAME = '';
SELECT 'thread', SERVICE_STATE FROM performance_schema.replication_applier_status WHERE CHANNEL_NAME = '';
SELECT 'mismatches', COUNT(*) FROM faults.numbers WHERE payload <> SHA2(CONCAT_WS('-', c, n), 256);
SELECT 'torn', COUNT(*) FROM
  (SELECT c, n FROM faults.numbers WHERE n % 20 = 0 UNION SELECT c, n FROM faults.details) large
  LEFT JOIN faults.numbers USING (c, n)
  LEFT JOIN (SELECT c, n, COUNT(*) k FROM faults.details WHERE payload = REPEAT(SHA2(CONCAT_WS('-', c, n, i), 256), 16)
    GROUP BY c, n) d USING (c, n)
  WHERE numbers.c IS NULL OR IFNULL(k, 0) <> 200;
CHECKSUM TABLE faults.numbers, faults.details;
SELECT 'row', CONCAT(c, ':', n) FROM faults.numbers;`;

/** Reads the contents of every instance. Pause the load first; all instances must be up. */
export async function contentsOf(cluster: TestCluster, instances: number): Promise<InstanceContents[]> {
  const all: InstanceContents[] = [];
  for (let ordinal = 0; ordinal < instances; ordinal++) {
    const lines = (await cluster.sql(ordinal, QUERY)).split('\n').map((line) => line.split('\t'));
    const values = (key: string) => lines.filter(([word]) => word === key).map(([, value]) => value ?? '');
    const [gtids] = values('gtids');
    const errant = all.length ? await cluster.sql(0, `SELECT GTID_SUBTRACT('${gtids}', '${all[0].gtids}')`) : '';
    all.push({
      instance: `mysql-${ordinal}`,
      gtids,
      errant: errant.replace(/\s|\\n/g, ''),
      checksums: [...values('faults.numbers'), ...values('faults.details')].join(' '),
      mismatches: Number(values('mismatches')[0]),
      torn: Number(values('torn')[0]),
      rows: new Set(values('row')),
      threads: values('thread'),
    });
  }
  return all;
}
