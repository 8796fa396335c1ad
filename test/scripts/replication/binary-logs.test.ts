import { Peer } from '../sandbox/peer';
import { CONFIGURED, REPLICATED, runningPod, RUNNING, startPeers, stateOf, statements } from '../sandbox/running-pod';

/** What df says of a volume of 1000 MiB with so much room. */
const df = (free: number) => `Avail 1M-blocks Inodes IFree\n${free}M 1000M 655360 600000\n`;

const MIB = 1 << 20;
const LOGS = `binlog.000004\t${30 * MIB}\tNo\nbinlog.000005\t${60 * MIB}\tNo\nbinlog.000006\t200\tNo\n`;

/** A primary whose second binary log begins after `u:1-5`, and so much room. */
async function primary(free: number, states: Record<string, string>, logs = LOGS) {
  const pod = runningPod(0, { executed: 'u:1-7' });
  pod.write({ df: df(free), 'server/binary-logs': logs, 'server/previous-gtids': 'u:1-5' });
  return { pod, peers: await startPeers(pod, states) };
}

const replica = (name: string, executed: string) => stateOf(name, { executed });
const REPLICAS = { 'mysql-1': replica('mysql-1', 'u:1-7'), 'mysql-2': replica('mysql-2', 'u:1-5') };
const PURGE = "PURGE BINARY LOGS TO 'binlog.000005'";

describe('an open primary with less than a fifth of its volume free', () => {
  test('purges a binary log that every replica has executed', async () => {
    const { pod } = await primary(199, REPLICAS);
    const run = pod.start('xtrabackup');
    await run.waitForOutput(
      'purged the binary log binlog.000004, because only 199 of 1000 MiB were free on the volume',
    );
    expect(statements(pod)).toContain(PURGE);
  });

  /** A primary that was open before its room became scarce, and before one of its replicas changed. */
  const later = async (change: (replica: Peer) => void) => {
    const { pod, peers } = await primary(500, REPLICAS);
    pod.setUptime(1000);
    const run = pod.start('xtrabackup');
    await run.waitForOutput(' ready (open)');
    change(peers[1]);
    pod.write({ df: df(99) });
    pod.setUptime(2000);
    return { pod, run };
  };

  test.each<[string, string, (replica: Peer) => void]>([
    ['has not executed it', 'mysql-2', (peer) => (peer.answers = { state: replica('mysql-2', 'u:1-4') })],
    ['does not answer', 'mysql-2', (peer) => (peer.answers = {})],
    ['is down', 'mysql-2', (peer) => (peer.answers = { state: 'state|mysql-2|complete|c-1|down||||0:' })],
  ])('keeps it for a replica that %s, and says so below a tenth', async (_, name, change) => {
    const { pod, run } = await later(change);
    await run.waitForOutput(
      `WARNING: only 99 of 1000 MiB are free on the volume, and the binary logs from binlog.000004 on are kept for ${name}. Grow the claim data-mysql-0`,
    );
    expect(statements(pod)).not.toContain(PURGE);
  });

  test('keeps it for a replica that is not there', async () => {
    const { pod, run } = await later(() => {}); // both have it
    await run.waitForOutput('WARNING: only 99 of 1000 MiB are free on the volume. Grow');
    pod.setDnsForPods({});
    pod.setUptime(3000);
    await run.waitForOutput('on are kept for a replica that is not there. Grow the claim data-mysql-0');
    expect(statements(pod).filter((statement) => statement === PURGE)).toHaveLength(1);
  });

  test('begins another log when the only one is large, so that it can be purged', async () => {
    const { pod } = await primary(199, REPLICAS, `binlog.000004\t${60 * MIB}\tNo\n`);
    const run = pod.start('xtrabackup');
    await run.waitUntil('another log', () => statements(pod).includes('FLUSH BINARY LOGS'));
    expect(statements(pod)).not.toContain(PURGE);
  });
});

test('with a fifth of the volume free, no binary log is purged', async () => {
  const { pod } = await primary(200, REPLICAS);
  const run = pod.start('xtrabackup');
  await run.waitForOutput(' ready (open)');
  pod.setUptime(1_000_000);
  await run.waitUntil('a measure', () => pod.read('var/run/mysqld/judged') === '1000000\n');
  expect(statements(pod)).not.toContain(PURGE);
  expect(run.output).not.toContain('WARNING: only');
});

test('a replica purges its own, which no instance reads', async () => {
  const server = { executed: 'u:1-5', threads: RUNNING, configuration: CONFIGURED };
  const pod = runningPod(1, server, REPLICATED);
  pod.write({ df: df(150), 'server/binary-logs': LOGS });
  await startPeers(pod, { 'mysql-0': stateOf('mysql-0', { mode: 'open', executed: 'u:1-7' }) });
  const run = pod.start('xtrabackup');
  await run.waitForOutput('purged the binary log binlog.000004, because only 150 of 1000 MiB were free on the volume');
  expect(statements(pod)).toContain(PURGE);
});
