import { Cpu } from 'cdk8s-plus-28';
import { Size } from 'cdk8s';
import { TestCluster } from '../test/e2e/support/cluster';
import { tutorialCluster } from '../test/e2e/support/tutorial-cluster';
import { Benchmark } from './benchmark';
import { about } from './support/about';
import { Build } from './support/build';
import { median } from './support/median';
import { peakMemory } from './support/memory';
import { Meter } from './support/meter';
import { Options, options } from './support/options';
import { removing } from './support/removals';
import { Load, Report, Sysbench } from './support/sysbench';
import { multiple, table, whole } from './support/table';

const ROWS = ['tutorial', 'before', 'this'];
const TITLES: Record<string, string> = {
  tutorial: "the tutorial's manifest",
  before: 'earlier build',
  this: 'this build',
};
const MEMORIES = [1024, 2048]; // MiB
const THREADS = 16;
const SCRIPTS = ['oltp_read_only', 'oltp_read_write'];
/** The rows of each of sysbench's tables, for three times the buffer pool that MySQL has by default, 128 MiB. */
const TABLE_ROWS = 200_000;

/** One server with a pod that loads it. */
interface Subject {
  readonly name: string;
  readonly cluster: TestCluster;
  readonly sysbench: Sysbench;
  readonly reports: Map<string, Report[]>;
}

/** One instance: what a replica does would be measured as well. */
function yamlOf(name: string, memory: number, { before }: Options): string {
  if (name === 'tutorial') return tutorialOf(memory);
  if (name === 'this') return clusterOf(Build.here, memory);
  if (before === undefined) throw new Error('give the commit of the earlier build: --before COMMIT');
  const earlier = Build.at(before);
  try {
    return clusterOf(earlier, memory);
  } finally {
    earlier.remove();
  }
}

function clusterOf(build: Build, memory: number): string {
  const amount = { cpu: Cpu.millis(500), memory: Size.mebibytes(memory) };
  return build.cluster(({ Credentials }) => ({
    credentials: Credentials.insecure(),
    replicas: 1,
    resources: { mysql: { requests: amount, limits: { memory: amount.memory } } },
  }));
}

function tutorialOf(memory: number): string {
  const list = JSON.parse(tutorialCluster());
  const { spec } = list.items.find(({ kind }: { kind: string }) => kind === 'StatefulSet');
  const server = spec.template.spec.containers.find(({ name }: { name: string }) => name === 'mysql');
  server.resources = { requests: { cpu: '500m', memory: `${memory}Mi` }, limits: { memory: `${memory}Mi` } };
  spec.replicas = 1;
  return JSON.stringify(list);
}

async function start(cluster: TestCluster, name: string, memory: number, chosen: Options): Promise<Subject> {
  await cluster.applyYaml(yamlOf(name, memory, chosen));
  await cluster.ready(1);
  const sysbench = await Sysbench.start(cluster, TABLE_ROWS);
  await sysbench.prepare();
  for (const script of SCRIPTS) await sysbench.run({ script, threads: THREADS, seconds: 15 }); // fills the caches
  return { name, cluster, sysbench, reports: new Map(SCRIPTS.map((script) => [script, []])) };
}

/** What each commit costs must be the same on all sides. */
async function durability({ cluster }: Subject): Promise<string> {
  return cluster.sql(0, 'SELECT @@sync_binlog, @@innodb_flush_log_at_trx_commit, @@innodb_doublewrite, @@log_bin');
}

async function measure(subjects: readonly Subject[], { rounds, seconds }: Options, meter: Meter): Promise<void> {
  const seen = new Set(await Promise.all(subjects.map(durability)));
  if (seen.size !== 1) throw new Error(`the servers differ in durability: ${[...seen].join(' / ')}`);
  for (let round = 1; round <= rounds; round++)
    for (const script of SCRIPTS)
      for (const { name, sysbench, reports } of subjects) {
        await meter.almostQuiet();
        const report = await sysbench.run({ script, threads: THREADS, seconds });
        reports.get(script)!.push(report);
        console.info(`round ${round}: ${script} ${name} ${whole(report.rate)} per second, p95 ${report.p95} ms`);
      }
}

/** All connections busy at once: the server may be slow, but is not killed for memory. */
async function crowd({ cluster, sysbench }: Subject, memory: number): Promise<string> {
  const most = Number(await cluster.sql(0, 'SELECT @@max_connections'));
  const load: Load = { script: 'oltp_read_write', threads: most - 10, seconds: 60 }; // ten are the sidecar's and ours
  const place = { pod: 'mysql-0', containers: ['mysql'] };
  const { peaks } = await peakMemory(cluster, [place], () => sysbench.run(load));
  const { restarts } = (await cluster.pod(0)).containers.mysql;
  if (restarts) throw new Error(`mysqld was killed with ${load.threads} busy connections in ${memory} MiB`);
  return `${memory} MiB: ${load.threads} busy connections, at most ${whole(peaks[0])} MiB of memory, no restart`;
}

function result(subjects: readonly Subject[], memory: number): string[][] {
  const of = (name: string, script: string, key: keyof Report) =>
    median(
      subjects
        .find((subject) => subject.name === name)!
        .reports.get(script)!
        .map((report) => report[key]),
    );
  const base = (script: string, key: keyof Report) =>
    subjects.some(({ name }) => name === 'tutorial') ? of('tutorial', script, key) : undefined;
  return SCRIPTS.flatMap((script) =>
    subjects.map(({ name }) => [
      `${memory} MiB`,
      script,
      TITLES[name],
      whole(of(name, script, 'rate')),
      multiple(of(name, script, 'rate'), base(script, 'rate')),
      `${whole(of(name, script, 'p95'))} ms`,
      multiple(of(name, script, 'p95'), base(script, 'p95')),
    ]),
  );
}

async function run(args: string[]): Promise<void> {
  const chosen = options(args, { rows: ROWS, rounds: 3, seconds: 60 });
  await Meter.with(async (meter) => {
    const rows: string[][] = [];
    const crowds: string[] = [];
    let head = '';
    for (const memory of MEMORIES) {
      const clusters: TestCluster[] = [];
      await removing(
        async () => void (await Promise.all(clusters.map((cluster) => cluster.destroy()))),
        async () => {
          const subjects: Subject[] = [];
          for (const name of chosen.rows) {
            const cluster = await TestCluster.create(`benchmark-oltp-${name}`);
            clusters.push(cluster);
            subjects.push(await start(cluster, name, memory, chosen));
          }
          head = await about(subjects[0].cluster);
          await measure(subjects, chosen, meter);
          rows.push(...result(subjects, memory));
          const own = subjects.find(({ name }) => name === 'this');
          if (own) crowds.push(await crowd(own, memory));
        },
      );
    }
    const header = [
      'Memory',
      'Workload',
      '',
      'Transactions per second',
      "… of the tutorial's",
      'p95',
      "… of the tutorial's",
    ];
    console.info(
      [`\n${head}, ${chosen.rounds} rounds of ${chosen.seconds} s, medians`, table(header, rows), ...crowds].join(
        '\n\n',
      ),
    );
  });
}

export const oltp: Benchmark = {
  name: 'oltp',
  title: `transactions per second of sysbench's ${SCRIPTS.join(' and ')}, by the memory of the container`,
  run,
};
