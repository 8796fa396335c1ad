import { TestCluster } from './cluster';
import { eventually } from './eventually';

/** What one instance is and holds, as it said at one moment. */
export interface Seen {
  readonly instance: string;
  readonly ready: boolean;
  /** The first line of /var/run/mysqld/status, or why there is none. */
  readonly verdict: string;
  /** The GTIDs that it has executed. Undefined if its server did not answer. */
  readonly gtids?: string;
  /** A checksum of each table, by its name: the sum of those of its rows, so their order does not count. */
  readonly checksums: Readonly<Record<string, string>>;
}

/** For how many seconds sets must have been equal, and instances ready, before the checksums count. */
const STABLE = 10;

/** The schemas whose tables differ between instances or hold no data of the cluster. */
const SYSTEM = ['mysql', 'sys', 'information_schema', 'performance_schema'];

/**
 * Pairs of instances that are ready, hold equal GTID sets, and differ in a table. Instances that are not ready, or hold
 * other sets, may hold other data.
 */
export function differences(seen: readonly Seen[]): string[] {
  const ready = seen.filter(({ ready, gtids }) => ready && gtids !== undefined);
  return ready.flatMap((one, i) =>
    ready
      .slice(i + 1)
      .filter(({ gtids }) => gtids === one.gtids)
      .flatMap((other) => {
        const tables = new Set([...Object.keys(one.checksums), ...Object.keys(other.checksums)]);
        return [...tables]
          .filter((table) => one.checksums[table] !== other.checksums[table])
          .sort()
          .map((table) => {
            const [first, second] = [one, other].map(({ checksums }) => checksums[table] ?? 'no such table');
            return `${table} differs: ${one.instance} ${first}, ${other.instance} ${second}, both with ${one.gtids || 'no GTIDs'}`;
          });
      }),
  );
}

/** Whether two looks found the same instances ready, with the same sets: the sets were equal, or not, all the time. */
export function unchanged(before: readonly Seen[], after: readonly Seen[]): boolean {
  const essence = (seen: readonly Seen[]) =>
    JSON.stringify(seen.map(({ instance, ready, gtids }) => [instance, ready, gtids]));
  return essence(before) === essence(after);
}

/** What was seen, for the message of a failure: a line for each instance, and one for each of its tables. */
export function describe(seen: readonly Seen[]): string {
  return seen
    .flatMap(({ instance, ready, verdict, gtids, checksums }) => [
      `${instance} ${ready ? 'ready' : 'not ready'}, verdict "${verdict}", GTIDs ${gtids ?? 'unknown: its server does not answer'}`,
      ...Object.entries(checksums).map(([table, checksum]) => `  ${table} ${checksum}`),
    ])
    .join('\n');
}

/**
 * The oracle of every fault and every end-to-end test: instances that are ready and hold equal GTID sets for 10 s have
 * equal checksums of every table. Nobody may write meanwhile. It waits until nothing changes for that long, whatever the
 * number of instances and whether they are ready.
 *
 * @param seconds the deadline; the message then says what was seen last
 */
export async function expectEqualData(cluster: TestCluster, seconds = 180): Promise<void> {
  let first: { seen: Seen[]; at: number } | undefined;
  const stable = await eventually(
    `the same sets on the same ready instances for ${STABLE} s`,
    async () => {
      const seen = await look(cluster);
      const silent = seen.filter(({ ready, gtids }) => ready && gtids === undefined);
      if (silent.length) throw new Error(`ready, and its server does not answer:\n${describe(silent)}`);
      if (!first || !unchanged(first.seen, seen)) first = { seen, at: Date.now() };
      if (Date.now() - first.at < STABLE * 1000) throw new Error(`\n${describe(seen)}`);
      return seen;
    },
    seconds,
  );
  const found = differences(await withChecksums(cluster, stable));
  if (!found.length) return;
  // A commit between the looks at two instances is no difference: it is gone, or shows in the sets, at the next look.
  const again = await withChecksums(cluster, await look(cluster));
  const lasting = differences(again);
  if (lasting.length) throw new Error(`equal GTID sets, different data:\n${lasting.join('\n')}\n${describe(again)}`);
}

/** Looks at all instances, without their tables. */
async function look(cluster: TestCluster): Promise<Seen[]> {
  const pods = (await cluster.pods()).sort((a, b) => (a.name < b.name ? -1 : 1));
  return Promise.all(
    pods.map(async ({ name, ready }) => {
      const ordinal = Number(name.replace('mysql-', ''));
      const [status, gtids] = await Promise.all([
        cluster.exec(ordinal, 'head -n 1 /var/run/mysqld/status', 'xtrabackup').catch((error) => String(error)),
        cluster.sql(ordinal, "SELECT REPLACE(@@GLOBAL.gtid_executed, '\\n', '')").catch(() => undefined),
      ]);
      return {
        instance: name,
        ready,
        verdict: status.trim().split('\n')[0],
        gtids: gtids?.replaceAll('\\n', ''),
        checksums: {},
      };
    }),
  );
}

/** The last check of a suite: equal data, then no cluster. */
export async function finish(cluster: TestCluster | undefined): Promise<void> {
  try {
    if (cluster) await expectEqualData(cluster);
  } finally {
    await cluster?.destroy();
  }
}

/** Adds the checksums of all tables to what was seen of the ready instances. */
async function withChecksums(cluster: TestCluster, seen: readonly Seen[]): Promise<Seen[]> {
  const tablesOf = `SELECT CONCAT('\`', REPLACE(TABLE_SCHEMA, '\`', '\`\`'), '\`.\`', REPLACE(TABLE_NAME, '\`', '\`\`'), '\`')
    FROM information_schema.TABLES WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA NOT IN (${SYSTEM.map((schema) => `'${schema}'`)}) ORDER BY 1`;
  return Promise.all(
    seen.map(async (instance) => {
      if (!instance.ready || instance.gtids === undefined) return instance;
      const ordinal = Number(instance.instance.replace('mysql-', ''));
      const tables = (await cluster.sql(ordinal, tablesOf)).split('\n').filter(Boolean);
      if (!tables.length) return instance;
      const lines = (await cluster.sql(ordinal, `CHECKSUM TABLE ${tables.join(', ')}`)).split('\n');
      return { ...instance, checksums: Object.fromEntries(lines.map((line) => line.split('\t') as [string, string])) };
    }),
  );
}
