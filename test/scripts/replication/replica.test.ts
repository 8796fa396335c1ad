import { kills, tryFaults } from '../sandbox/faults';
import { startPeers, runningPod, Server, stateOf, statements } from '../sandbox/running-pod';
import { Sandbox } from '../sandbox/sandbox';

const START = "START REPLICA USER = 'replication' PASSWORD = 'of replication'";
const CHANGE =
  "STOP REPLICA; CHANGE REPLICATION SOURCE TO SOURCE_HOST = 'mysql-0.mysql', SOURCE_PORT = 3306, SOURCE_AUTO_POSITION = 1, SOURCE_SSL = 1, SOURCE_CONNECT_RETRY = 5, SOURCE_RETRY_COUNT = 0";
const FORGET = 'STOP REPLICA; RESET REPLICA ALL';

const CONFIGURED = 'mysql-0.mysql|3306|1|YES|5|0';
const RUNNING = 'ON|0|ON|0||';
const REPLICATED = { '.replicating': 'from mysql-0\n', '.connected': 'to mysql-0\n' };

const open: Server = { mode: 'open', executed: 'u:1-7' };
const primaryWith = (server: Server) => ({ 'mysql-0': stateOf('mysql-0', server) });

/** A clone that has never replicated. It has the replication settings of its donor. */
const freshClone = (server: Server = {}): Sandbox =>
  runningPod(1, { executed: 'u:1-3', configuration: 'mysql-9.mysql|3306|1|YES|60|10', ...server });

/** A replica whose server has restarted. */
const restarted = (server: Server = {}): Sandbox =>
  runningPod(1, { executed: 'u:1-5', configuration: CONFIGURED, ...server }, REPLICATED);

const verdictOf = (sandbox: Sandbox) => sandbox.read('var/run/mysqld/status').split('\n')[0];

describe('the sidecar sets up replication:', () => {
  test('on a new clone, it drops the settings of the donor, configures and starts replication, and writes the marks', async () => {
    const replica = freshClone();
    await startPeers(replica, primaryWith(open));
    await replica.start('xtrabackup').waitForOutput(' ready (replicating): from mysql-0');
    expect(statements(replica)).toEqual([FORGET, CHANGE, START]);
    expect(replica.tree('mnt/data/mysql')).toMatchObject({
      '.replicating': 'from mysql-0\n',
      '.connected': 'to mysql-0\n',
    });
  });

  test('on a replica with the right settings, it only starts replication', async () => {
    const replica = restarted();
    await startPeers(replica, primaryWith(open));
    await replica.start('xtrabackup').waitForOutput(' ready (replicating): from mysql-0');
    expect(statements(replica)).toEqual([START]);
  });

  test('on a replica that replicates, it changes nothing', async () => {
    const replica = restarted({ threads: RUNNING });
    await startPeers(replica, primaryWith(open));
    await replica.start('xtrabackup').waitForOutput(' ready (replicating): from mysql-0');
    expect(statements(replica)).toEqual([]);
  });

  test('on a replica with other settings, it corrects them and keeps what the replica received', async () => {
    const replica = restarted({ configuration: 'elsewhere|3306|1|YES|5|0' });
    await startPeers(replica, primaryWith(open));
    await replica.start('xtrabackup').waitForOutput(' ready (replicating): from mysql-0');
    expect(statements(replica)).toEqual([CHANGE, START]);
  });

  test('after a kill at any moment, the next run completes the set-up', async () => {
    const clean = freshClone();
    await startPeers(clean, primaryWith(open));
    const run = clean.start('xtrabackup', { steps: true });
    await run.waitForOutput('starts to replicate from mysql-0');
    run.kill();
    const steps = clean.steps();
    expect(steps).toEqual(
      expect.arrayContaining([
        { command: 'mv', call: 1 },
        { command: 'mysql', call: 7 },
      ]),
    );
    const problems = await tryFaults(kills(steps), async (fault) => {
      const replica = freshClone();
      await startPeers(replica, primaryWith(open));
      expect(await replica.start('xtrabackup', { fault }).code()).toBe(null);
      const next = replica.start('xtrabackup');
      await next.waitForOutput(' ready (replicating): from mysql-0');
      next.kill();
      const executed = statements(replica);
      expect(executed.filter((statement) => statement.startsWith('START'))).toContain(START);
      // The sidecar never resets replication after it has started it.
      expect(executed.lastIndexOf(FORGET)).toBeLessThan(executed.indexOf(START));
      expect(replica.read('server/configuration').trim()).toBe(CONFIGURED);
    });
    expect(problems).toEqual([]);
  });
});

describe('the sidecar protects a copy that may be the last one:', () => {
  test.each<[string, Server, Record<string, string | undefined>, string]>([
    [
      'the primary does not answer',
      {},
      { 'mysql-0': undefined },
      'ready (detached): reads go on without the primary: mysql-0 does not answer',
    ],
    [
      'mysqld of the primary is down',
      {},
      { 'mysql-0': 'state|mysql-0|complete|c-1|down|||' },
      'ready (detached): reads go on without the primary: its mysqld does not answer',
    ],
    [
      'the primary is not open',
      {},
      primaryWith({ executed: 'u:1-7' }),
      'ready (detached): reads go on without the primary: it is not open',
    ],
    [
      'the primary belongs to another cluster',
      {},
      primaryWith({ ...open, cluster: 'c-2' }),
      'unready (fenced): this volume is of cluster c-1, the primary of cluster c-2',
    ],
    [
      'the primary lacks transactions that the replica executed',
      {},
      primaryWith({ ...open, executed: 'u:1-4' }),
      'unready (fenced): holds transactions that the primary lacks: u:5-5',
    ],
    [
      'the primary lacks transactions that the replica received',
      { received: 'u:1-9' },
      primaryWith({ ...open, executed: 'u:1-8' }),
      'unready (fenced): holds transactions that the primary lacks: u:9-9',
    ],
  ])('when %s, it starts, stops and configures nothing', async (_, server, peers, verdict) => {
    const replica = restarted(server);
    await startPeers(replica, peers);
    await replica.start('xtrabackup').waitForOutput(verdict);
    expect(verdictOf(replica)).toMatch(verdict.split(':')[0]);
    expect(statements(replica)).toEqual([]);
  });

  test('a connected replica goes on replicating when the primary has lost its cluster id', async () => {
    const replica = restarted({ threads: RUNNING });
    await startPeers(replica, primaryWith({ ...open, cluster: '' }));
    await replica.start('xtrabackup').waitForOutput(' ready (replicating): from mysql-0');
    expect(statements(replica)).toEqual([]);
  });

  test('the sidecar does not fence a replica whose server cannot compare GTIDs, and goes on once it can', async () => {
    const replica = restarted();
    replica.write({ 'server/incomparable': '' });
    await startPeers(replica, primaryWith(open));
    const run = replica.start('xtrabackup');
    await run.waitForOutput('unready (failing): a step failed');
    expect(statements(replica)).toEqual([]);
    replica.remove('server/incomparable');
    await run.waitForOutput(' ready (replicating): from mysql-0');
    expect(run.output).not.toContain('fenced');
  });

  test('a replica that is connected to a primary of another cluster stops its receiver', async () => {
    const replica = restarted({ threads: RUNNING });
    await startPeers(replica, primaryWith({ ...open, cluster: 'c-2' }));
    await replica.start('xtrabackup').waitForOutput('unready (fenced): ');
    expect(statements(replica)).toEqual(['STOP REPLICA IO_THREAD']);
  });

  test('a clone that has never replicated is unready while the primary does not answer', async () => {
    const replica = freshClone();
    await startPeers(replica, { 'mysql-0': undefined });
    await replica
      .start('xtrabackup')
      .waitForOutput('unready (connecting): has not replicated since its clone: mysql-0 does not answer');
    expect(statements(replica)).toEqual([]);
  });
});

describe('a replica is unready, asks for a new clone, and leaves its copy unchanged meanwhile, when', () => {
  test.each<[string, () => Sandbox, Server, string]>([
    [
      'the primary has purged transactions that it needs',
      () => restarted(),
      { ...open, purged: 'u:1-6' },
      'the primary has purged transactions that are missing here: u:6-6',
    ],
    [
      'its clone lacks transactions that the backup recorded',
      () => freshClone({ executed: 'u:1-2' }),
      open,
      'the clone lacks transactions that its backup recorded: u:3-3',
    ],
  ])('%s', async (_, pod, primary, reason) => {
    const replica = pod();
    const [peer] = await startPeers(replica, primaryWith(primary));
    const run = replica.start('xtrabackup');
    await run.waitForOutput(`unready (cloning): takes a new clone: ${reason}`);
    await run.waitForOutput(`The reason for it: ${reason}`);
    expect(verdictOf(replica)).toMatch('unready');
    expect(peer.requests).toContain('clone');
    expect(statements(replica)).toEqual([]);
  });
});

describe('while the primary is being restored, the sidecar', () => {
  const restoring = { 'mysql-0': 'state|mysql-0|restoring||down|||' };

  test.each([
    [
      'starts an applier that a person has stopped, so that it applies what the replica received',
      'OFF|2003|OFF|0||',
      'u:1-7',
      ['START REPLICA SQL_THREAD'],
    ],
    ['leaves a replica alone that has applied everything', 'OFF|2003|OFF|0||', 'u:1-5', []],
    ['leaves a running applier alone', 'OFF|2003|ON|0||', 'u:1-7', []],
    ['leaves a failed applier to a person', 'OFF|2003|OFF|1062||Duplicate entry', 'u:1-7', []],
  ])('%s', async (_, threads, received, expected) => {
    const replica = restarted({ threads, received });
    await startPeers(replica, restoring);
    const run = replica.start('xtrabackup');
    await run.waitForOutput('ready ('); // also matches "unready ("; the sidecar acts before it gives its verdict
    expect(statements(replica)).toEqual(expected);
  });
});

describe('even while the primary does not answer, a replica is unready, and its verdict has the reason, when', () => {
  test.each([
    [
      'the primary refuses its password',
      'CONNECTING|1045|ON|0|Access denied|',
      'unready (connecting): to mysql-0: Access denied',
    ],
    [
      'TLS fails',
      'CONNECTING|2026|ON|0|SSL connection error|',
      'unready (connecting): to mysql-0: SSL connection error',
    ],
    [
      'its applier has stopped with an error',
      'ON|0|OFF|1062||Duplicate entry',
      'unready (stopped): the applier stopped: Duplicate entry',
    ],
    ['a person has stopped its applier', 'ON|0|OFF|0||', 'unready (stopped): a person stopped the applier'],
  ])('%s', async (_, threads, verdict) => {
    const replica = restarted({ threads });
    await startPeers(replica, { 'mysql-0': undefined });
    await replica.start('xtrabackup').waitForOutput(verdict);
  });
});

test('the sidecar restarts an applier that stopped because the volume was full', async () => {
  const replica = restarted({ threads: "ON|0|OFF|1114||The table 'numbers' is full" });
  await startPeers(replica, primaryWith(open));
  await replica.start('xtrabackup').waitForOutput('unready (full): the applier found no room on the volume');
  expect(statements(replica)).toEqual(['START REPLICA SQL_THREAD']);
});

test('the password of replication is in no argument and in no log', async () => {
  const replica = freshClone();
  await startPeers(replica, primaryWith(open));
  const run = replica.start('xtrabackup');
  await run.waitForOutput(' ready (replicating)');
  expect(run.output).not.toContain('of replication');
  expect(replica.read('server/arguments')).not.toContain('of replication');
});
