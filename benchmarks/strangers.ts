import { CloneMethod, Credentials } from '../lib';
import { password } from '../lib/scripts/accounts/password';
import { bash, include } from '../lib/scripts/base/bash';
import { log } from '../lib/scripts/base/log';
import { role } from '../lib/scripts/base/role';
import { asking } from '../lib/scripts/peers/asking';
import { TestCluster } from '../test/e2e/support/cluster';
import { CONNECTIONS, SlowConnections } from '../test/faults/support/slow-connections';
import { Benchmark } from './benchmark';
import { about } from './support/about';
import { median } from './support/median';
import { Meter } from './support/meter';
import { options } from './support/options';
import { table } from './support/table';
import { withCluster } from './support/with-cluster';

/** Clone methods by the listener of their peer port. */
const METHODS: Record<string, { title: string; method: CloneMethod }> = {
  socat: { title: 'socat (`CloneMethod.xtraBackup()`)', method: CloneMethod.xtraBackup() },
  gawk: { title: 'gawk (`CloneMethod.clonePlugin()`)', method: CloneMethod.clonePlugin() },
};

/** How long questions are asked before the strangers come, in seconds. */
const SECONDS_BEFORE = 60;

/** Asks mysql-0 for its state as the sidecar does, a second after each answer. Prints the ms of each answer, or `none`. */
const questions = (seconds: number) => bash`
${include(log, role('mysql'), password, asking)}

trap - ERR
address=$(resolve "$primary.$service")
for ((end = SECONDS + ${seconds}; SECONDS < end; )); do
  start=$EPOCHREALTIME
  if ask_state "$address" 2>/dev/null; then echo $(((\${EPOCHREALTIME/./} - \${start/./}) / 1000)); else echo none; fi
  sleep 1
done
`;

/** How questions were answered. */
interface Answers {
  /** How long each answer took, in ms. */
  readonly times: number[];
  readonly unanswered: number;
}

async function ask(cluster: TestCluster, seconds: number): Promise<Answers> {
  const lines = (await cluster.exec(1, questions(seconds), 'xtrabackup')).trim().split('\n');
  const answered = lines.filter((line) => line !== 'none');
  return { times: answered.map(Number), unanswered: lines.length - answered.length };
}

async function measure(row: string, seconds: number, meter: Meter): Promise<string[]> {
  const { title, method } = METHODS[row];
  return withCluster(row, async (cluster) => {
    await cluster.apply({ credentials: Credentials.insecure(), cloneMethod: method, network: { policy: false } });
    await cluster.ready(3);
    console.info(await about(cluster));
    await meter.quiet();
    const before = await ask(cluster, SECONDS_BEFORE);
    await SlowConnections.start(cluster, ['mysql-0.mysql'], 2);
    const during = await ask(cluster, seconds);
    const { times, unanswered } = during;
    console.info(JSON.stringify({ row, before, during }));
    return [
      title,
      ...[median(before.times), median(times), Math.max(...times)].map((ms) => `${ms.toFixed(0)} ms`),
      `${unanswered} of ${times.length + unanswered}`,
    ];
  });
}

async function run(args: string[]): Promise<void> {
  const { rows, seconds } = options(args, { rows: Object.keys(METHODS), seconds: 300 });
  const cells: string[][] = [];
  await Meter.with(async (meter) => {
    for (const row of rows) cells.push(await measure(row, seconds, meter));
  });
  const header = ['Listener', 'Median before', 'Median', 'Longest', 'Unanswered'];
  console.info(`\n${seconds} s each\n\n${table(header, cells)}`);
}

export const strangers: Benchmark = {
  name: 'strangers',
  title: `how long peers wait for answers while strangers hold ${CONNECTIONS} connections to the peer port`,
  run,
};
