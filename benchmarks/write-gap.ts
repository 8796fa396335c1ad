import { TestCluster } from '../test/e2e/support/cluster';
import { Killer } from '../test/e2e/support/killer';
import { Benchmark } from './benchmark';
import { about } from './support/about';
import { median } from './support/median';
import { Meter } from './support/meter';
import { options } from './support/options';
import { ReconnectingWriter } from './support/reconnecting-writer';
import { recoverySeconds } from './support/recovery';
import { removing } from './support/removals';
import { Row, rowsOf } from './support/rows';
import { multiple, table } from './support/table';
import { withCluster } from './support/with-cluster';

const ROWS = ['before-xtrabackup', 'xtrabackup', 'before-plugin', 'plugin'];

/** What a writer met, in seconds, once for each round. */
interface Outcome {
  readonly row: Row;
  /** Gaps after mysql-0 was deleted. */
  readonly deleted: number[];
  /** Gaps after mysqld was killed. */
  readonly killed: number[];
  /** How long mysqld took to recover from each kill, by its own log. */
  readonly recoveries: number[];
  /** The date and the versions. */
  readonly about: string;
}

async function measure(row: Row, rounds: number, meter: Meter, killer: Killer): Promise<Outcome> {
  return withCluster(row.name, async (cluster) => {
    await cluster.applyYaml(row.yaml);
    await cluster.ready(3);
    const writer = await ReconnectingWriter.start(cluster);
    const outcome = { row, deleted: [], killed: [], recoveries: [], about: await about(cluster) } as Outcome;
    for (let round = 1; round <= rounds; round++) {
      // The deletion also makes the pod a fresh one for the kill: Kubernetes delays each further restart in a pod longer.
      outcome.deleted.push(await afterDeletion(cluster, writer, meter));
      outcome.killed.push(await afterKill(cluster, writer, meter, killer));
      outcome.recoveries.push(recoverySeconds(await cluster.logs(0, 'mysql')));
      console.info(
        `round ${round}: ${row.name} deleted ${outcome.deleted.at(-1)!.toFixed(1)} s, killed ${outcome.killed.at(-1)!.toFixed(1)} s, of which recovery ${outcome.recoveries.at(-1)!.toFixed(1)} s`,
      );
    }
    return outcome;
  });
}

async function afterDeletion(cluster: TestCluster, writer: ReconnectingWriter, meter: Meter): Promise<number> {
  await meter.almostQuiet();
  const { uid } = await cluster.pod(0);
  const gap = await writer.gap(async () => {
    await cluster.kubectl('delete', 'pod', 'mysql-0', '--wait=false');
  });
  await cluster.replaced(0, uid);
  await cluster.ready(3);
  return gap;
}

async function afterKill(
  cluster: TestCluster,
  writer: ReconnectingWriter,
  meter: Meter,
  killer: Killer,
): Promise<number> {
  await meter.almostQuiet();
  const { restarts } = (await cluster.pod(0)).containers.mysql;
  if (restarts) throw new Error('mysqld of mysql-0 has restarted before');
  const gap = await writer.gap(async () => {
    if (!(await killer.kill(cluster, 0, 'mysql', 'mysqld'))) throw new Error('mysqld of mysql-0 does not run');
  });
  await cluster.ready(3);
  return gap;
}

function result(outcomes: readonly Outcome[]): string {
  const find = (name: string) => outcomes.find(({ row }) => row.name === name);
  const seconds = (values: number[]) =>
    `${median(values).toFixed(1)} s (${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)})`;
  return table(
    [
      'Longest time without a commit',
      'mysql-0 deleted',
      "As a multiple of the earlier build's",
      'mysqld killed',
      'Of that, recovery',
      'Without recovery',
    ],
    outcomes.map(({ row: { name, title }, deleted, killed, recoveries }) => {
      const before = find(`before-${name}`);
      return [
        title,
        seconds(deleted),
        multiple(median(deleted), before && median(before.deleted)),
        seconds(killed),
        seconds(recoveries),
        seconds(killed.map((gap, i) => gap - recoveries[i])),
      ];
    }),
  );
}

async function run(args: string[]): Promise<void> {
  const chosen = options(args, { rows: ROWS, rounds: 5 });
  const rows = rowsOf(chosen);
  await Meter.with(async (meter) => {
    const killer = await Killer.start();
    await removing(
      () => killer.stop(),
      async () => {
        const outcomes: Outcome[] = [];
        for (const row of rows) outcomes.push(await measure(row, chosen.rounds, meter, killer));
        console.info(`\n${outcomes[0].about}, ${chosen.rounds} rounds, medians\n\n${result(outcomes)}`);
      },
    );
  });
}

export const writeGap: Benchmark = {
  name: 'write-gap',
  title: 'how long a writer waits when mysql-0 is deleted, and when its mysqld is killed',
  run,
};
