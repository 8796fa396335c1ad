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
const primaryThat = (server: Server) => ({ 'mysql-0': stateOf('mysql-0', server) });

/** A clone that has never replicated. It has the settings of its donor. */
const freshClone = (server: Server = {}): Sandbox =>
  runningPod(1, { executed: 'u:1-3', configuration: 'mysql-9.mysql|3306|1|YES|60|10', ...server });

/** A replica whose server has just started again. */
const restarted = (server: Server = {}): Sandbox =>
  runningPod(1, { executed: 'u:1-5', configuration: CONFIGURED, ...server }, REPLICATED);

const status = (sandbox: Sandbox) => sandbox.read('var/run/mysqld/status').trim();

describe('set-up', () => {
  test('a clone forgets what its donor was told, is configured and started, and that is remembered', async () => {
    const replica = freshClone();
    await startPeers(replica, primaryThat(open));
    await replica.start('xtrabackup').waitForOutput(' ready (replicating): from mysql-0');
    expect(statements(replica)).toEqual([FORGET, CHANGE, START]);
    expect(replica.tree('mnt/data/mysql')).toMatchObject({
      '.replicating': 'from mysql-0\n',
      '.connected': 'to mysql-0\n',
    });
  });

  test('a replica that was set up before is started, and nothing of it changed', async () => {
    const replica = restarted();
    await startPeers(replica, primaryThat(open));
    await replica.start('xtrabackup').waitForOutput(' ready (replicating): from mysql-0');
    expect(statements(replica)).toEqual([START]);
  });

  test('a replica that replicates is left alone', async () => {
    const replica = restarted({ threads: RUNNING });
    await startPeers(replica, primaryThat(open));
    await replica.start('xtrabackup').waitForOutput(' ready (replicating): from mysql-0');
    expect(statements(replica)).toEqual([]);
  });

  test('a configuration that is not ours any more is put right, without forgetting what was received', async () => {
    const replica = restarted({ configuration: 'elsewhere|3306|1|YES|5|0' });
    await startPeers(replica, primaryThat(open));
    await replica.start('xtrabackup').waitForOutput(' ready (replicating): from mysql-0');
    expect(statements(replica)).toEqual([CHANGE, START]);
  });

  test('a kill at any moment is repaired by the next run', async () => {
    const clean = freshClone();
    await startPeers(clean, primaryThat(open));
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
      await startPeers(replica, primaryThat(open));
      expect(await replica.start('xtrabackup', { fault }).code()).toBe(null);
      const next = replica.start('xtrabackup');
      await next.waitForOutput(' ready (replicating): from mysql-0');
      next.kill();
      const told = statements(replica);
      expect(told.filter((statement) => statement.startsWith('START'))).toContain(START);
      // Once replication was started, nothing is forgotten any more.
      expect(told.lastIndexOf(FORGET)).toBeLessThan(told.indexOf(START));
      expect(replica.read('server/configuration').trim()).toBe(CONFIGURED);
    });
    expect(problems).toEqual([]);
  });
});

describe('what may be the last copy is not touched', () => {
  test.each<[string, Server, Record<string, string | undefined>, string]>([
    [
      'the primary does not answer',
      {},
      { 'mysql-0': undefined },
      'ready (detached): reads go on without the primary: mysql-0 does not answer',
    ],
    [
      'its server is down',
      {},
      { 'mysql-0': 'state|mysql-0|complete|c-1|down|||' },
      'ready (detached): reads go on without the primary: its mysqld does not answer',
    ],
    [
      'it is not open',
      {},
      primaryThat({ executed: 'u:1-7' }),
      'ready (detached): reads go on without the primary: it is not open',
    ],
    [
      'it is of another cluster',
      {},
      primaryThat({ ...open, cluster: 'c-2' }),
      'unready (fenced): this volume is of cluster c-1, the primary of cluster c-2',
    ],
    [
      'it lacks what was executed here',
      {},
      primaryThat({ ...open, executed: 'u:1-4' }),
      'unready (fenced): holds transactions that the primary lacks: u:5-5',
    ],
    [
      'it lacks what was received here',
      { received: 'u:1-9' },
      primaryThat({ ...open, executed: 'u:1-8' }),
      'unready (fenced): holds transactions that the primary lacks: u:9-9',
    ],
  ])('when %s, nothing is started, stopped or configured', async (_, server, peers, verdict) => {
    const replica = restarted(server);
    await startPeers(replica, peers);
    await replica.start('xtrabackup').waitForOutput(verdict);
    expect(status(replica)).toMatch(verdict.split(':')[0]);
    expect(statements(replica)).toEqual([]);
  });

  test('a replica that is connected goes on when the primary has lost its id, which can then be put back', async () => {
    const replica = restarted({ threads: RUNNING });
    await startPeers(replica, primaryThat({ ...open, cluster: '' }));
    await replica.start('xtrabackup').waitForOutput(' ready (replicating): from mysql-0');
    expect(statements(replica)).toEqual([]);
  });

  test('a replica whose server cannot compare GTIDs is not fenced, and goes on once it can', async () => {
    const replica = restarted();
    replica.write({ 'server/incomparable': '' });
    await startPeers(replica, primaryThat(open));
    const run = replica.start('xtrabackup');
    await run.waitForOutput('unready (failing): a step failed');
    expect(statements(replica)).toEqual([]);
    replica.remove('server/incomparable');
    await run.waitForOutput(' ready (replicating): from mysql-0');
    expect(run.output).not.toContain('fenced');
  });

  test('a replica that is connected to a primary of another cluster takes nothing more from it', async () => {
    const replica = restarted({ threads: RUNNING });
    await startPeers(replica, primaryThat({ ...open, cluster: 'c-2' }));
    await replica.start('xtrabackup').waitForOutput('unready (fenced): ');
    expect(statements(replica)).toEqual(['STOP REPLICA IO_THREAD']);
  });

  test('a clone that has never replicated is not ready without the primary', async () => {
    const replica = freshClone();
    await startPeers(replica, { 'mysql-0': undefined });
    await replica
      .start('xtrabackup')
      .waitForOutput('unready (connecting): has not replicated since its clone: mysql-0 does not answer');
    expect(statements(replica)).toEqual([]);
  });
});

describe('a replica that cannot catch up is unready and takes another clone, and nothing of it is changed before', () => {
  test.each<[string, () => Sandbox, Server, string]>([
    [
      'the primary has purged what it needs',
      () => restarted(),
      { ...open, purged: 'u:1-6' },
      'the primary has purged transactions that are missing here: u:6-6',
    ],
    [
      'its clone lacks what the backup recorded',
      () => freshClone({ executed: 'u:1-2' }),
      open,
      'the clone lacks transactions that its backup recorded: u:3-3',
    ],
  ])('when %s', async (_, pod, primary, reason) => {
    const replica = pod();
    const [peer] = await startPeers(replica, primaryThat(primary));
    const run = replica.start('xtrabackup');
    await run.waitForOutput(`unready (cloning): takes a new clone: ${reason}`);
    await run.waitForOutput(`The reason for it: ${reason}`);
    expect(status(replica)).toMatch('unready');
    expect(peer.requests).toContain('clone');
    expect(statements(replica)).toEqual([]);
  });
});

describe('while its primary is restored, a replica', () => {
  const restoring = { 'mysql-0': 'state|mysql-0|restoring||down|||' };

  test.each([
    [
      'whose applier somebody has stopped applies what it received',
      'OFF|2003|OFF|0||',
      'u:1-7',
      ['START REPLICA SQL_THREAD'],
    ],
    ['that has applied all of it is left alone', 'OFF|2003|OFF|0||', 'u:1-5', []],
    ['whose applier runs is left alone', 'OFF|2003|ON|0||', 'u:1-7', []],
    ['whose applier failed is left to a person', 'OFF|2003|OFF|1062||Duplicate entry', 'u:1-7', []],
  ])('%s', async (_, threads, received, expected) => {
    const replica = restarted({ threads, received });
    await startPeers(replica, restoring);
    const run = replica.start('xtrabackup');
    await run.waitForOutput('ready ('); // or unready: the verdict comes after what is done
    expect(statements(replica)).toEqual(expected);
  });
});

describe('a replica is unready, and says why, when', () => {
  test.each([
    [
      'its password is refused',
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
    ['somebody has stopped its applier', 'ON|0|OFF|0||', 'unready (stopped): a person stopped the applier'],
  ])('%s, though the primary does not answer', async (_, threads, verdict) => {
    const replica = restarted({ threads });
    await startPeers(replica, { 'mysql-0': undefined });
    await replica.start('xtrabackup').waitForOutput(verdict);
  });
});

test('an applier that stopped for want of room is started again once there is room', async () => {
  const replica = restarted({ threads: "ON|0|OFF|1114||The table 'numbers' is full" });
  await startPeers(replica, primaryThat(open));
  await replica.start('xtrabackup').waitForOutput('unready (full): the applier found no room on the volume');
  expect(statements(replica)).toEqual(['START REPLICA SQL_THREAD']);
});

test('the password of replication is in no argument', async () => {
  const replica = freshClone();
  await startPeers(replica, primaryThat(open));
  const run = replica.start('xtrabackup');
  await run.waitForOutput(' ready (replicating)');
  expect(run.output).not.toContain('of replication');
  expect(replica.read('server/arguments')).not.toContain('of replication');
});
