import { Size } from 'cdk8s';
import { CloneMethod, ReplicatedMySqlProps } from '../lib';
import { small, TestCluster } from '../test/e2e/support/cluster';
import { eventually } from '../test/e2e/support/eventually';
import { Benchmark } from './benchmark';
import { CopyTarget } from './support/copy-target';
import { peakMemory, Place } from './support/memory';
import { withCluster } from './support/with-cluster';
import { Writer } from './support/writer';

// tar ends with 1 if files have changed while it read them, which is no error here.
const FILES = "{ tar c -C /mnt/data/mysql --exclude='binlog.*' --exclude='relay.*' . 2>/dev/null || (($? == 1)); }";

interface Outcome {
  readonly method: string;
  readonly seconds: number;
  /** Peak memory of the processes, in MiB. */
  readonly donor: number;
  readonly recipient: number;
  /** Commits per second of one writer on the donor during the clone, divided by those without a clone. */
  readonly writes: number;
}

async function fill(cluster: TestCluster, mebibytes: number): Promise<void> {
  const rows = 'WITH RECURSIVE s (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 1000) SELECT';
  const insert = `INSERT INTO bench.fill (payload) ${rows} RANDOM_BYTES(1024) FROM s;\n`;
  await cluster.sql(
    0,
    'CREATE DATABASE bench; CREATE TABLE bench.fill (id INT AUTO_INCREMENT PRIMARY KEY, payload BLOB)',
  );
  for (let done = 0; done < mebibytes; done += 64) {
    await cluster.sql(0, insert.repeat(64));
    await cluster.purgeLogs(0);
  }
}

const DONOR: Place = { pod: 'mysql-0', containers: ['mysql', 'xtrabackup'] };

async function measure(
  cluster: TestCluster,
  writer: Writer,
  method: string,
  recipient: Place,
  copy: () => Promise<number>,
): Promise<Outcome> {
  const alone = await writer.alone(15);
  const { result, rate } = await writer.during(() => peakMemory(cluster, [DONOR, recipient], copy));
  const outcome = {
    method,
    seconds: result.result,
    donor: result.peaks[0],
    recipient: result.peaks[1],
    writes: rate / alone,
  };
  console.info(JSON.stringify(outcome));
  return outcome;
}

/** Seconds that a clone takes, by the log of clone-mysql: from the offer to a complete and synced directory. */
async function clone(cluster: TestCluster): Promise<number> {
  await cluster.loseVolume(1);
  return eventually(
    'a clone',
    async () => {
      const log = await cluster.logs(1, 'clone-mysql');
      const [from, to] = [/^(\S+) cloning from/m, /^(\S+) the clone of \S+ is complete/m].map(
        (line) => line.exec(log)?.[1],
      );
      if (!from || !to) throw new Error(log);
      return (Date.parse(to) - Date.parse(from)) / 1000;
    },
    3600,
  );
}

function table(outcomes: Outcome[]): string {
  const [plain] = outcomes;
  const row = ({ method, seconds, donor, recipient, writes }: Outcome) =>
    `| ${method} | ${(seconds / plain.seconds).toFixed(2)} | ${donor.toFixed(0)} MiB | ${recipient.toFixed(0)} MiB | ${(writes * 100).toFixed(0)} % |`;
  const header =
    '| | Time, as a multiple of the plain copy | Memory on mysql-0 | Memory of the recipient | Commits meanwhile |';
  return [header, '| --- | --- | --- | --- | --- |', ...outcomes.map(row)].join('\n');
}

async function run([size = '2048']: string[]): Promise<void> {
  const mebibytes = Number(size);
  if (!Number.isInteger(mebibytes) || mebibytes < 64) {
    throw new Error(`${size}: give the size of the data, a whole number of MiB from 64`);
  }
  const room = mebibytes * 2 + 1024; // on each volume, in MiB
  const props: ReplicatedMySqlProps = { ...small, storage: { size: Size.mebibytes(room) }, replicas: 2 };
  const recipient: Place = { pod: 'mysql-1', containers: ['clone-mysql'] };
  await withCluster('clones', async (cluster) => {
    await cluster.apply({ ...props, replicas: 1 });
    await cluster.ready(1);
    await fill(cluster, mebibytes);
    const target = await CopyTarget.start(cluster, room);
    let writer = await Writer.start(cluster);
    const outcomes: Outcome[] = [];
    const add = async (...args: [string, Place, () => Promise<number>]) =>
      void outcomes.push(await measure(cluster, writer, ...args));

    await add('plain copy of the files', target.place, () => target.receive(FILES, 'tar x -C /mnt/data/copy'));
    await add("the tutorial's pipe", target.place, () =>
      target.receive(
        'xtrabackup --backup --stream=xbstream --host=127.0.0.1 --user=root 2>/dev/null',
        'xbstream -x -C /mnt/data/copy && xtrabackup --prepare --target-dir=/mnt/data/copy 2>/dev/null',
      ),
    );
    await cluster.apply(props);
    await cluster.ready(2, 3600);
    await add('`CloneMethod.xtraBackup()`', recipient, () => clone(cluster));
    await cluster.ready(2, 3600);
    await cluster.apply({ ...props, cloneMethod: CloneMethod.clonePlugin() });
    await cluster.kubectl('rollout', 'status', 'statefulset/mysql', '--timeout=3600s');
    writer = await Writer.start(cluster); // the writer before it has ended with its server
    await add('`CloneMethod.clonePlugin()`', recipient, () => clone(cluster));
    console.info(`\n${mebibytes} MiB, ${await cluster.sql(0, 'SELECT VERSION()')}\n\n${table(outcomes)}`);
  });
}

export const clones: Benchmark = {
  name: 'clones',
  title: 'the time and the cost of a clone by each method, and of a plain copy of the same files; [MEBIBYTES] of data',
  run,
};
