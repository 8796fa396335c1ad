import { Benchmark } from './benchmark';
import { about } from './support/about';
import { median } from './support/median';
import { Meter } from './support/meter';
import { options } from './support/options';
import { Row, rowsOf } from './support/rows';
import { multiple, table } from './support/table';
import { withCluster } from './support/with-cluster';

const ROWS = ['before-main', 'before-xtrabackup', 'before-plugin', 'main', 'xtrabackup', 'plugin', 'tutorial'];

/** Seconds from the start of `kubectl apply` until the StatefulSet has three ready pods, and what ran. */
async function measure(row: Row, meter: Meter): Promise<{ seconds: number; about: string }> {
  return withCluster(row.name, async (cluster) => {
    await meter.almostQuiet();
    const start = performance.now();
    await cluster.applyYaml(row.yaml);
    await cluster.kubectl('rollout', 'status', 'statefulset/mysql', '--timeout=600s'); // watches, so it costs little
    const seconds = (performance.now() - start) / 1000;
    return { seconds, about: await about(cluster) };
  });
}

async function run(args: string[]): Promise<void> {
  const chosen = options(args, { rows: ROWS, rounds: 5 });
  const rows = rowsOf(chosen);
  const measured = new Map<string, number[]>(rows.map(({ name }) => [name, []]));
  let ran = '';
  await Meter.with(async (meter) => {
    for (let round = 1; round <= chosen.rounds; round++) {
      for (const row of rows) {
        const { seconds, about } = await measure(row, meter);
        measured.get(row.name)!.push(seconds);
        ran = about;
        console.info(`round ${round}: ${row.name} ${seconds.toFixed(1)} s`);
      }
    }
  });
  console.info(`\n${ran}, ${chosen.rounds} rounds\n\n${result(rows, measured)}`);
}

function result(rows: readonly Row[], measured: ReadonlyMap<string, number[]>): string {
  const medianOf = (name: string) => {
    const values = measured.get(name);
    return values && median(values);
  };
  return table(
    [
      'From apply to three ready pods',
      'Median',
      'Shortest to longest',
      "As a multiple of the tutorial's",
      "Of the earlier build's",
    ],
    rows.map(({ name, title }) => {
      const values = measured.get(name)!;
      return [
        title,
        `${median(values).toFixed(1)} s`,
        `${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)} s`,
        multiple(medianOf(name), medianOf('tutorial')),
        multiple(medianOf(name), medianOf(`before-${name}`)),
      ];
    }),
  );
}

export const ready: Benchmark = {
  name: 'ready',
  title: 'time from kubectl apply to three ready pods',
  run,
};
