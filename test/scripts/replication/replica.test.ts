import { createServer } from 'net';
import { kills, tryFaults } from '../sandbox/faults';
import { DENIED, states } from '../sandbox/peer';
import {
  CA,
  CONFIGURED,
  REPLICATED,
  RUNNING,
  runningPod,
  Server,
  setServerState,
  startPeers,
  statements,
  stateOf,
} from '../sandbox/running-pod';
import { Sandbox } from '../sandbox/sandbox';

const START = "START REPLICA USER = 'replication' PASSWORD = 'of replication'";
const CHANGE =
  "STOP REPLICA; CHANGE REPLICATION SOURCE TO SOURCE_HOST = 'mysql-0.mysql', SOURCE_PORT = 3306, SOURCE_AUTO_POSITION = 1, SOURCE_SSL = 1, SOURCE_SSL_CA = '/var/run/mysqld/primary.pem', SOURCE_SSL_VERIFY_SERVER_CERT = 0, SOURCE_CONNECT_RETRY = 5, SOURCE_RETRY_COUNT = 1";
const FORGET = 'STOP REPLICA; RESET REPLICA ALL';

const open: Server = { mode: 'open', executed: 'u:1-7' };
const primaryWith = (server: Server) => ({ 'mysql-0': stateOf('mysql-0', server) });

/** A clone that has never replicated. It has the replication settings of its donor. */
const freshClone = (server: Server = {}): Sandbox =>
  runningPod(1, { executed: 'u:1-3', configuration: 'mysql-9.mysql|3306|1|YES|60|10', ...server });

/** A replica whose server has restarted. */
const restarted = (server: Server = {}): Sandbox =>
  runningPod(1, { executed: 'u:1-5', configuration: CONFIGURED, ...server }, REPLICATED);

const lookedAt = (replica: Sandbox, uptime: number) =>
  replica.has('var/run/mysqld/judged') && replica.read('var/run/mysqld/judged') === `${uptime}\n`;
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
    const replica = restarted({ configuration: 'elsewhere|3306|1|YES|5|1' });
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
        { command: 'mysql', call: 5 },
      ]),
    );
    // The first client holds the session, and ends only with the script.
    const faults = kills(steps).filter(
      ({ command, call, effect }) => `${command} ${call} ${effect}` !== 'mysql 1 killed after',
    );
    const problems = await tryFaults(faults, async (fault) => {
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
      expect(replica.read('server/configuration').trim().replace(replica.path('var'), '/var')).toBe(CONFIGURED);
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
      { 'mysql-0': 'state|mysql-0|complete|c-1|down||||0:' },
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
  const restoring = { 'mysql-0': 'state|mysql-0|restoring||down||||0:' };

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

describe('the receiver connects only when the sidecar has compared the histories:', () => {
  test('the CA of the primary is there only meanwhile, and what was compared is recorded', async () => {
    const replica = restarted({ received: 'u:4-6' });
    await startPeers(replica, primaryWith({ ...open, epoch: '3:e' }));
    const run = replica.start('xtrabackup');
    await run.waitForOutput(' ready (replicating): from mysql-0');
    expect(replica.read('server/ca')).toBe(CA);
    expect(() => replica.read('var/run/mysqld/primary.pem')).toThrow('ENOENT');
    expect(replica.read('mnt/data/mysql/.compared')).toBe('3:e u:1-5,u:4-6\n');
  });

  test('a CA that a killed sidecar left is gone at its next start', async () => {
    const replica = restarted();
    replica.write({ 'var/run/mysqld/primary.pem': CA });
    await startPeers(replica, { 'mysql-0': undefined });
    await replica.start('xtrabackup').waitForOutput('ready (detached): ');
    expect(() => replica.read('var/run/mysqld/primary.pem')).toThrow('ENOENT');
  });

  test.each([
    [2026, 'SSL connection error', 'unready (connecting): to mysql-0: '],
    [1045, 'Access denied', 'unready (connecting): to mysql-0: '],
    [1236, 'Could not find first log file', 'unready (connecting): to mysql-0: '],
    [1040, 'Too many connections', 'ready (detached): reads go on without the primary: it accepts no connection: '],
    [0, '', 'ready (detached): reads go on without the primary: it accepts no connection: no answer within 5 s'],
  ])(
    'after error %i, "%s", it is stopped, and the verdict stays the same until it connects',
    async (errno, error, verdict) => {
      const replica = restarted();
      replica.write({ 'server/connection': `CONNECTING|${errno}|ON|0|${error}|` });
      await startPeers(replica, primaryWith(open));
      replica.setUptime(1000);
      const run = replica.start('xtrabackup');
      await run.waitForOutput(verdict + error);
      expect(statements(replica)).toEqual([START, 'STOP REPLICA IO_THREAD']);
      replica.setUptime(1009);
      await run.waitUntil('a later look', () => lookedAt(replica, 1009));
      replica.setUptime(1010);
      await run.waitUntil('another try', () => statements(replica).length === 4);
      replica.write({ 'server/connection': RUNNING });
      replica.setUptime(1020);
      await run.waitForOutput(' ready (replicating): from mysql-0');
      const verdicts = run.output.match(/(un)?ready \(\w+\)/g)!;
      expect(verdicts.filter((one, i) => one !== verdicts[i - 1])).toHaveLength(2);
    },
  );

  test.each([
    [
      'from 8.0.28 on',
      "Error connecting to source 'replication@mysql-0.mysql:3306'. This was attempt 3/10, with a delay of 5 seconds between attempts. Message: Access denied for user 'replication'@'10.244.1.9' (using password: YES)",
      "Error connecting to source 'replication@mysql-0.mysql:3306'. Message: Access denied for user 'replication'@'10.244.1.9' (using password: YES)",
    ],
    [
      'before 8.0.28',
      "error connecting to master 'replication@mysql-0.mysql:3306' - retry-time: 5 retries: 3 message: Access denied for user 'replication'@'10.244.1.9' (using password: YES)",
      "error connecting to master 'replication@mysql-0.mysql:3306' message: Access denied for user 'replication'@'10.244.1.9' (using password: YES)",
    ],
    [
      'of 5.7',
      "error reconnecting to master 'replication@mysql-0.mysql:3306' - retry-time: 5  retries: 13",
      "error reconnecting to master 'replication@mysql-0.mysql:3306'",
    ],
  ])('its error %s is said without what changes with each attempt', async (_, error, said) => {
    const replica = restarted();
    replica.write({ 'server/connection': `CONNECTING|1045|ON|0|${error}|` });
    await startPeers(replica, primaryWith(open));
    await replica.start('xtrabackup').waitForOutput(`unready (connecting): to mysql-0: ${said}\n`);
  });

  test('without the CA of an open primary the replica is unready', async () => {
    const replica = restarted();
    const [primary] = await startPeers(replica, primaryWith({ ...open, epoch: '3:e' }));
    primary.answers = { ...primary.answers, certificate: undefined };
    await replica
      .start('xtrabackup')
      .waitForOutput('unready (connecting): to mysql-0: it does not show its certificate');
    expect(statements(replica)).toEqual([]);
  });

  test('while the primary is of an earlier release, and denies every question, reads go on', async () => {
    const replica = restarted();
    const [primary] = await startPeers(replica, { 'mysql-0': undefined });
    primary.answers = { state: DENIED };
    const server = createServer((connection) => connection.on('error', () => connection.destroy()).end('J'));
    server.listen(3306, primary.ip);
    try {
      await replica
        .start('xtrabackup')
        .waitForOutput(' ready (detached): reads go on without the primary: mysql-0 does not answer');
    } finally {
      server.close();
    }
  });

  test('a primary that serves clients and answers no question is not away', async () => {
    const replica = runningPod(
      1,
      { executed: 'u:1-5', configuration: CONFIGURED },
      { ...REPLICATED, '.compared': '3:e u:1-5\n' },
    );
    const [primary] = await startPeers(replica, { 'mysql-0': undefined });
    const server = createServer((connection) => {
      connection.on('error', () => connection.destroy()).end('J\0\0\0');
    }).listen(3306, primary.ip);
    try {
      const run = replica.start('xtrabackup');
      await run.waitForOutput('unready (connecting): mysql-0 answers clients, but no questions on port 3307');
      expect(run.output).not.toContain(' ready');
      await new Promise((resolve) => server.close(resolve));
      await run.waitForOutput(' ready (detached): reads go on without the primary: mysql-0 does not answer');
    } finally {
      server.close();
    }
  });

  test('a primary that is open and has lost its cluster id is not away', async () => {
    const replica = restarted();
    await startPeers(replica, primaryWith({ ...open, cluster: '' }));
    await replica.start('xtrabackup').waitForOutput('unready (connecting): to mysql-0: it has lost its cluster id');
  });
});

describe('a replica whose history is not a beginning of that of the primary', () => {
  /** A replica whose last opening is another one than that of the primary, and what the primary says about it. */
  const compared = async (answers: Record<string, string>, files: Record<string, string> = {}) => {
    const replica = runningPod(
      1,
      { executed: 'c-1:1-2,u:1-5', epoch: '2:e-2', configuration: CONFIGURED },
      { ...REPLICATED, ...files },
    );
    const [primary] = await startPeers(replica, primaryWith({ ...open, epoch: '3:e-3' }));
    primary.answers = {
      ...primary.answers,
      lacks: (gtids, epoch) => `lacks|mysql-0|${answers[`${epoch} ${gtids}`] ?? 'u:999|unexpected question'}`,
    };
    return { replica, primary, run: replica.start('xtrabackup') };
  };
  const SURPLUS = 'holds transactions that the primary lacked when it opened at 2026-11-28T00:10:00Z: u:4-5';

  test('is fenced, however many transactions of the same numbers the primary has', async () => {
    const { run, replica } = await compared({ '2:e-2 c-1:1-2,u:1-5': 'u:4-5|2026-11-28T00:10:00Z' });
    await run.waitForOutput(`unready (fenced): ${SURPLUS}`);
    expect(statements(replica)).toEqual([]);
  });

  test('is fenced when the primary does not know its last opening', async () => {
    const { run } = await compared({ '2:e-2 c-1:1-2,u:1-5': 'u:1-5|unknown' });
    await run.waitForOutput('unready (fenced): holds a history that the primary does not know: u:1-5');
  });

  test('is fenced when what came later hides that they had parted', async () => {
    const { run } = await compared(
      { '2:e-2 c-1:1-2,u:1-5': '|', '1:e-1 u:1-4': 'u:3-4|2026-11-28T00:10:00Z' },
      { '.compared': '1:e-1 u:1-4\n' },
    );
    await run.waitForOutput(
      'unready (fenced): holds transactions that the primary lacked when it opened at 2026-11-28T00:10:00Z: u:3-4',
    );
  });

  test('is not fenced when it is a beginning', async () => {
    const { run, replica } = await compared({ '2:e-2 c-1:1-2,u:1-5': '|2026-11-28T00:10:00Z' });
    await run.waitForOutput(' ready (replicating): from mysql-0');
    expect(replica.read('mnt/data/mysql/.compared')).toBe('3:e-3 c-1:1-2,u:1-5\n');
  });

  test.each([
    [
      'FLUSH STATUS',
      'unready (fenced): holds FLUSH statements of its own, which changed no data: u:8-8. For each of them',
    ],
    ['use `shop`; FLUSH PRIVILEGES', 'unready (fenced): holds FLUSH statements of its own'],
    [
      "use `shop`; INSERT INTO log VALUES ('FLUSH')",
      'unready (fenced): holds transactions that the primary lacks: u:8-8',
    ],
  ])('is fenced after "%s", with the remedy for it', async (statement, verdict) => {
    const replica = restarted({ executed: 'u:1-8' });
    replica.write({
      'server/binlog-events': [
        `binlog.000001\t4\tGtid\t101\t77\tSET @@SESSION.GTID_NEXT= 'u:8'`,
        `binlog.000001\t77\tQuery\t101\t150\t${statement}`,
      ].join('\n'),
    });
    await startPeers(replica, primaryWith(open));
    await replica.start('xtrabackup').waitForOutput(verdict);
  });

  test('is fenced when its own GTIDs were reset', async () => {
    const replica = runningPod(1, { executed: 'c-1:1,u:1-5', epoch: '2:e-2', configuration: CONFIGURED }, REPLICATED);
    await startPeers(replica, primaryWith({ ...open, epoch: '2:e-2' }));
    await replica.start('xtrabackup').waitForOutput('unready (fenced): its GTIDs were reset');
  });

  test('stays fenced while the primary is silent, and after a restart of the sidecar', async () => {
    const { run, replica, primary } = await compared({ '2:e-2 c-1:1-2,u:1-5': 'u:4-5|2026-11-28T00:10:00Z' });
    await run.waitForOutput(`unready (fenced): ${SURPLUS}`);
    run.kill();
    primary.answers = {};
    const next = replica.start('xtrabackup');
    await next.waitForOutput(`unready (fenced): ${SURPLUS}`);
    primary.answers = { state: states.down('mysql-0', 'c-1') };
    replica.setUptime(100_000_000);
    await next.waitUntil('it has said so again', () => next.output.split(SURPLUS).length > 2);
    expect(next.output).not.toContain(' ready (');
  });

  test('is no longer fenced once the primary has everything that it holds', async () => {
    const { run, primary, replica } = await compared({ '2:e-2 c-1:1-2,u:1-5': 'u:4-5|2026-11-28T00:10:00Z' });
    await run.waitForOutput('unready (fenced): ');
    const offline = () => statements(replica).filter((statement) => statement.includes('offline_mode'));
    await run.waitUntil('the sessions of clients to end', () => offline().length > 0);
    primary.answers = { ...primary.answers, lacks: () => 'lacks|mysql-0||' };
    await run.waitForOutput('the fence is lifted: mysql-0 has everything that is here');
    await run.waitForOutput(' ready (replicating): from mysql-0');
    expect(offline()).toEqual(['SET GLOBAL offline_mode = ON', 'SET GLOBAL offline_mode = OFF']);
  });

  test('is no longer fenced once the primary has lost its data, and may serve them back', async () => {
    const { run, primary } = await compared({ '2:e-2 c-1:1-2,u:1-5': 'u:4-5|2026-11-28T00:10:00Z' });
    await run.waitForOutput('unready (fenced): ');
    primary.answers = { state: 'state|mysql-0|restoring||down||||0:' };
    await run.waitForOutput('the fence is lifted: mysql-0 has lost its data, and is being restored');
    await run.waitForOutput(' ready (detached): ');
  });
});

test('the sidecar restarts an applier that stopped because the volume was full', async () => {
  const replica = restarted({ threads: "ON|0|OFF|1114||The table 'numbers' is full" });
  await startPeers(replica, primaryWith(open));
  await replica.start('xtrabackup').waitForOutput('unready (full): the applier found no room on the volume');
  expect(statements(replica)).toEqual(['START REPLICA SQL_THREAD']);
});

test('an applier that stopped for a reason that may pass is started again, after pauses that grow', async () => {
  const replica = restarted({ threads: 'ON|0|OFF|1205||Lock wait timeout exceeded' });
  await startPeers(replica, primaryWith(open));
  replica.setUptime(1000);
  const run = replica.start('xtrabackup');
  const stopAgain = () => replica.write({ 'server/threads': 'ON|0|OFF|1205||Lock wait timeout exceeded\n' });
  const tries = () => statements(replica).length;
  for (const [uptime, count] of [
    [1000, 1],
    [1005, 2],
    [1014, 2],
    [1015, 3],
    [1035, 4],
  ]) {
    stopAgain();
    replica.setUptime(uptime);
    await run.waitUntil(`a look at ${uptime} s`, () => lookedAt(replica, uptime));
    expect([uptime, tries()]).toEqual([uptime, count]);
  }
  expect(run.output).toContain(
    'unready (stopped): the applier stopped for a reason that may pass, and was started again (try 4): Lock wait timeout exceeded',
  );
  replica.write({ 'server/threads': `${RUNNING}\n` });
  await run.waitForOutput(' ready (replicating): from mysql-0');
});

test('an applier that stays stopped is tried again without an end, every 2 minutes at last', async () => {
  const replica = restarted({ threads: 'ON|0|OFF|1205||Lock wait timeout exceeded' });
  await startPeers(replica, primaryWith(open));
  replica.setUptime(1000);
  const run = replica.start('xtrabackup');
  for (let i = 0, uptime = 1000; i < 70; i++, uptime += 120) {
    replica.write({ 'server/threads': 'ON|0|OFF|1205||Lock wait timeout exceeded\n' });
    replica.setUptime(uptime);
    await run.waitUntil(`a look at ${uptime} s`, () => lookedAt(replica, uptime));
  }
  expect(run.output).toContain('(try 70): Lock wait timeout exceeded');
});

test('an applier that stands still without an error is named, with what it waits for', async () => {
  const replica = restarted({ threads: RUNNING, received: 'u:4-7' });
  replica.write({ 'server/waiting': 'Waiting for table metadata lock\n' });
  await startPeers(replica, primaryWith(open));
  replica.setUptime(1000);
  const run = replica.start('xtrabackup');
  await run.waitForOutput(' ready (replicating): from mysql-0\n');
  replica.setUptime(1059);
  await run.waitUntil('a look', () => lookedAt(replica, 1059));
  expect(verdictOf(replica)).toBe('ready (replicating): from mysql-0');
  replica.setUptime(1125);
  await run.waitForOutput(
    'ready (replicating): from mysql-0, applied nothing for 2 min though transactions wait: Waiting for table metadata lock',
  );
  replica.setUptime(1600);
  await run.waitForOutput(
    'unready (lagging): behind mysql-0, applied nothing for 10 min though transactions wait: Waiting for table metadata lock',
  );
  setServerState(replica, { executed: 'u:1-7', received: 'u:4-7' });
  await run.waitUntil('progress', () => verdictOf(replica) === 'ready (replicating): from mysql-0');
});

test('a replica that accepts writes of its own is not ready', async () => {
  const replica = restarted({ mode: 'open', threads: RUNNING });
  await startPeers(replica, primaryWith(open));
  const run = replica.start('xtrabackup');
  await run.waitForOutput(
    'unready (writable): its server accepts writes of its own: SET GLOBAL super_read_only = ON closes it',
  );
  setServerState(replica, { executed: 'u:1-5' });
  await run.waitForOutput(' ready (replicating): from mysql-0');
});

test('the password of replication is in no argument and in no log', async () => {
  const replica = freshClone();
  await startPeers(replica, primaryWith(open));
  const run = replica.start('xtrabackup');
  await run.waitForOutput(' ready (replicating)');
  expect(run.output).not.toContain('of replication');
  expect(replica.read('server/arguments')).not.toContain('of replication');
});
