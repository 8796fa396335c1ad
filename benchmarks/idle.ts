import { TestCluster } from '../test/e2e/support/cluster';
import { Benchmark } from './benchmark';
import { about } from './support/about';
import { ContainerCpu, containerCpu } from './support/container-cpu';
import { Activity, difference } from './support/counters';
import { Meter } from './support/meter';
import { Options, options } from './support/options';
import { Row, rowsOf } from './support/rows';
import { multiple, table, whole } from './support/table';
import { withCluster } from './support/with-cluster';

const ROWS = ['before-main', 'before-plugin', 'main', 'plugin', 'tutorial', 'bare'];

/** What three idle instances do. */
interface Outcome {
  readonly row: Row;
  /** What the machines did, the empty cluster included. */
  readonly total: Activity;
  readonly containers: ContainerCpu;
  /** The date and the versions. */
  readonly about: string;
}

async function measure(row: Row, meter: Meter, { seconds }: Options): Promise<Outcome> {
  return withCluster(row.name, async (cluster) => {
    await cluster.applyYaml(row.yaml);
    await cluster.ready(3);
    await initialized(cluster);
    await meter.quiet();
    const { result: total, cpu: containers } = await containerCpu(cluster, () => meter.during(seconds));
    const outcome = { row, total, containers, about: await about(cluster) };
    console.info(JSON.stringify({ row: row.name, total, containers }));
    return outcome;
  });
}

/** Waits for the servers: where there are no probes, pods are ready before. */
async function initialized(cluster: TestCluster): Promise<void> {
  for (const ordinal of [0, 1, 2]) await cluster.logged(ordinal, 'mysql', /ready for connections.* port: 3306/);
}

async function empty(meter: Meter, { seconds }: Options): Promise<Activity> {
  await meter.quiet();
  const total = await meter.during(seconds);
  console.info(JSON.stringify({ row: 'empty', total }));
  return total;
}

function result(outcomes: readonly Outcome[], idle: Activity): string {
  const above = new Map(outcomes.map(({ row, total }) => [row.name, difference(total, idle)]));
  const overhead = (name: string) => {
    const [own, bare] = [above.get(name), above.get('bare')];
    return own && bare && own.cpu - bare.cpu;
  };
  const started = (name: string) => above.get(name)?.started;
  const rows = outcomes.map(({ row: { name, title } }) => {
    const { cpu, started: processes } = above.get(name)!;
    const own = overhead(name);
    return [
      title,
      whole(cpu),
      own === undefined ? '–' : whole(own),
      multiple(own, overhead('tutorial')),
      multiple(own, overhead(`before-${name}`)),
      whole(processes),
      multiple(processes, started('tutorial')),
      multiple(processes, started(`before-${name}`)),
    ];
  });
  return table(
    [
      'Three idle instances',
      'CPU, ms per second',
      'Above bare mysqld',
      "… as a multiple of the tutorial's",
      "… of the earlier build's",
      'Processes started a minute',
      "… as a multiple of the tutorial's",
      "… of the earlier build's",
    ],
    rows,
  );
}

/** CPU time by container. The rest is that of the kubelet, containerd and runc, which start processes in them. */
function byContainer(outcomes: readonly Outcome[], idle: Activity): string {
  const rows = outcomes.map(({ row, total, containers }) => {
    const { mysql = 0, xtrabackup = 0 } = containers;
    const rest = total.cpu - idle.cpu - mysql - xtrabackup;
    return [row.title, whole(mysql), whole(xtrabackup), whole(rest)];
  });
  return table(['CPU, ms per second', 'mysql', 'xtrabackup', 'outside of the containers'], rows);
}

async function run(args: string[]): Promise<void> {
  const chosen = options(args, { rows: ROWS, seconds: 180 });
  const rows = rowsOf(chosen);
  await Meter.with(async (meter) => {
    const before = await empty(meter, chosen);
    const outcomes: Outcome[] = [];
    for (const row of rows) outcomes.push(await measure(row, meter, chosen));
    const after = await empty(meter, chosen);
    const idle = { cpu: (before.cpu + after.cpu) / 2, started: (before.started + after.started) / 2 };
    const cluster = (when: string, { cpu, started }: Activity) =>
      `${when} ${whole(cpu)} ms per second and ${whole(started)} processes a minute`;
    console.info(
      [
        `\n${outcomes[0].about}, ${chosen.seconds} s each. The empty cluster: ${cluster('before', before)}, ${cluster('afterwards', after)}.`,
        result(outcomes, idle),
        byContainer(outcomes, idle),
      ].join('\n\n'),
    );
  });
}

export const idle: Benchmark = {
  name: 'idle',
  title: 'CPU time and started processes of three ready, idle instances',
  run,
};
