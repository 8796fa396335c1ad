import { readdirSync, statSync } from 'fs';
import { Peer } from './sandbox/peer';
import { byXtrabackup } from './sandbox/rendered';
import { CONFIGURED, REPLICATED, runningPod, startPeers, stateOf, statements } from './sandbox/running-pod';
import { newIp, Sandbox } from './sandbox/sandbox';
import { secret } from './sandbox/secret';

const cluster = byXtrabackup();

/** What df says of a volume with so much room. */
const df = (free: string, inodes: string, freeInodes: string) =>
  `   Avail 1M-blocks Inodes IFree\n ${free} 10000M ${inodes} ${freeInodes}\n`;

const FULL = 'unready (full): less than 16 MiB or 16 inodes are free on the volume, and mysqld waits for room';

const primary = async (measured: string) => {
  const sandbox = runningPod(0, { executed: 'u:1-3' }, {}, cluster);
  sandbox.write({ df: measured });
  sandbox.setUptime(1000);
  await startPeers(sandbox, {});
  return { sandbox, run: sandbox.start('xtrabackup') };
};

describe('the sidecar', () => {
  test.each([
    ['bytes', df('15M', '655360', '600000')],
    ['inodes', df('9000M', '655360', '15')],
  ])('reports a volume that has run out of %s, until there is room', async (_, measured) => {
    const { sandbox, run } = await primary(measured);
    await run.waitForOutput(FULL);
    sandbox.write({ df: df('16M', '655360', '16') });
    sandbox.setUptime(1010);
    await run.waitForOutput(' ready (open)');
  });

  test.each([
    ['0', '0'],
    ['0', '-'],
    ['-', '-'],
  ])('does not miss inodes on a file system that has no number of them: %s, %s', async (inodes, free) => {
    const { run } = await primary(df('9000M', inodes, free));
    await run.waitForOutput(' ready (open)');
    expect(run.output).not.toContain('(full)');
  });
});

describe('the reserve', () => {
  const RESERVE = 'mnt/data/.reserve';
  /** Bytes and inodes are free, but not both for the reserve. */
  const SHORT = df('40M', '655360', '600000');
  const LOGS = `binlog.000004\t1000\tNo\nbinlog.000005\t200\tNo\n`;
  const GIVEN_UP =
    'gave up the reserve of the full volume so that mysqld can start: 9 MiB are free. Grow the claim data-';

  /** A pod that has started on the reserve. */
  const started = async (ordinal: number, files = {}, configuration?: string) => {
    const sandbox = runningPod(ordinal, { executed: 'u:1-7', configuration }, files, cluster);
    sandbox.remove(RESERVE);
    sandbox.write({ df: SHORT, 'server/binary-logs': LOGS, 'server/previous-gtids': 'u:1-5' });
    sandbox.setUptime(1000);
    return sandbox;
  };
  const onReserve = (ordinal: number) =>
    `unready (full): mysqld runs on the reserve of a full volume and does no work until 64 MiB and 32 inodes are free: 40 MiB are, and 600000 inodes. Grow the claim data-mysql-${ordinal}`;

  test('is made once there is room for it', async () => {
    const sandbox = await started(0);
    sandbox.write({ df: df('64M', '655360', '32') });
    await startPeers(sandbox, {});
    const run = sandbox.start('xtrabackup');
    await run.waitForOutput(' ready (open)');
    const files = readdirSync(sandbox.path(RESERVE));
    expect(files.map((file) => statSync(sandbox.path(`${RESERVE}/${file}`)).size)).toEqual(Array(16).fill(3 << 20));
  });

  test('is given up by init-mysql on a full volume', async () => {
    const sandbox = runningPod(0, { executed: 'u:1-3' }, {}, cluster);
    sandbox.write({ df: df('9M', '655360', '600000') });
    sandbox.setDnsForPods({});
    const run = sandbox.start('init-mysql');
    expect(await run.code()).toBe(0);
    expect(run.output).toContain(`${GIVEN_UP}mysql-0`);
    expect(sandbox.has(RESERVE)).toBe(false);
  });

  test('is given up by the sidecar when mysqld has ended on a full volume', async () => {
    const sandbox = runningPod(1, { executed: 'u:1-3' }, REPLICATED, cluster);
    sandbox.write({ df: df('9M', '655360', '600000') });
    sandbox.remove('var/run/mysqld/mysqld.sock');
    const run = sandbox.start('xtrabackup');
    await run.waitForOutput(`${GIVEN_UP}mysql-1`);
    await run.waitForOutput('unready (full): too little is free on the volume, and mysqld does not run.');
    expect(sandbox.has(RESERVE)).toBe(false);
  });

  test('stays while a server runs on a full volume: it is for the next start', async () => {
    const { sandbox, run } = await primary(df('9M', '655360', '600000'));
    await run.waitForOutput(FULL);
    expect(sandbox.has(RESERVE)).toBe(true);
  });

  test('keeps a primary closed that started on it, and purges what every replica has', async () => {
    const sandbox = await started(0);
    const replicas = ['mysql-1', 'mysql-2'].map((name) => [name, stateOf(name, { executed: 'u:1-7' })]);
    await startPeers(sandbox, Object.fromEntries(replicas));
    const run = sandbox.start('xtrabackup');
    await run.waitForOutput(onReserve(0));
    expect(statements(sandbox)).toEqual(["PURGE BINARY LOGS TO 'binlog.000005'"]);
    sandbox.write({ df: df('64M', '655360', '600000') });
    sandbox.setUptime(1010);
    await run.waitForOutput(' ready (open)');
    expect(sandbox.has(RESERVE)).toBe(true);
  });

  test('purges nothing of a primary whose peers object', async () => {
    const sandbox = await started(0);
    await startPeers(sandbox, { 'mysql-1': stateOf('mysql-1', { cluster: 'c-2', executed: 'u:1-7' }) });
    const run = sandbox.start('xtrabackup');
    await run.waitForOutput('600000 inodes, and mysql-1 holds data of cluster c-2, this primary of cluster c-1.');
    expect(statements(sandbox)).toEqual([]);
  });

  test('makes a replica that started on it purge its own binary logs, and not replicate', async () => {
    const sandbox = await started(1, REPLICATED, CONFIGURED);
    await startPeers(sandbox, { 'mysql-0': stateOf('mysql-0', { mode: 'open', executed: 'u:1-7', epoch: '1:e-1' }) });
    const run = sandbox.start('xtrabackup');
    await run.waitForOutput(onReserve(1));
    expect(statements(sandbox)).toEqual(["PURGE BINARY LOGS TO 'binlog.000005'"]);
  });
});

test('clone-mysql logs that the volume has no inodes left, before it receives anything', async () => {
  const state = 'state|mysql-0|complete|c-1|open|u:1-3|||0:';
  const { ip } = await Peer.start(newIp(), { state, clone: 'offer|mysql-0|c-1|1048576' });
  const sandbox = new Sandbox(cluster, 1);
  sandbox.write({ ...secret(), df: df('9000M', '655360', '15') });
  sandbox.setDnsForPods({ 'mysql-0': ip });
  const run = sandbox.start('clone-mysql');
  await run.waitForOutput('too little room for a clone of 1 MiB: 9000 MiB and 15 inodes are free.');
});
