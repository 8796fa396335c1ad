import { Duration } from 'cdk8s';
import { states } from '../sandbox/peer';
import { rendered } from '../sandbox/rendered';
import { runningPod, setServerState, startPeers, stateOf, statements } from '../sandbox/running-pod';

const FORGET = 'STOP REPLICA; RESET REPLICA ALL';
const server = { executed: 'u:1-7' };

/** The statements that open the primary and record the opening. */
const opening = (number: number, executed: string) =>
  expect.stringMatching(
    new RegExp(
      `^SET GLOBAL super_read_only = OFF; SET GTID_NEXT = 'c-1:${number}'; INSERT INTO replicated_mysql.openings ` +
        `VALUES \\(${number}, '[0-9a-f-]{36}', UTC_TIMESTAMP\\(\\), '${executed}'\\); SET GTID_NEXT = AUTOMATIC; SET GLOBAL read_only = OFF$`,
    ),
  );

test.each([
  [
    'peers that hold no other transactions',
    { 'mysql-1': stateOf('mysql-1', server), 'mysql-2': stateOf('mysql-2', { executed: 'u:1-5', received: 'u:1-7' }) },
  ],
  ['empty peers', { 'mysql-1': states.empty('mysql-1') }],
  ['no peers', {}],
])('with %s, the sidecar opens the primary, which becomes ready', async (_, peers) => {
  const primary = runningPod(0, server);
  await startPeers(primary, peers);
  const run = primary.start('xtrabackup');
  await run.waitForOutput(' ready (open): the primary of cluster c-1 accepts writes');
  expect(statements(primary)).toEqual([FORGET, opening(1, 'u:1-7')]);
  expect(primary.read('var/run/mysqld/status')).toMatch(/^ready /);
});

test.each([
  ['is missing, and the account of another clone method exists', 'localhost'],
  ['exists next to the account of another clone method, after a killed change', '%,localhost'],
  ['is missing, and no account exists', 'NULL'],
])('the sidecar makes the account for clones, then drops the other one, when the account %s', async (_, accounts) => {
  const primary = runningPod(0, server);
  primary.write({ 'server/accounts': accounts });
  await startPeers(primary, {});
  const run = primary.start('xtrabackup');
  await run.waitForOutput('made the account backup@% for clones');
  await run.waitForOutput(' ready (open): the primary of cluster c-1 accepts writes');
  const [, , statement] = statements(primary);
  expect(statement).toMatch(
    /^CREATE USER IF NOT EXISTS 'backup'@'%' .* TO 'backup'@'%'; DROP USER IF EXISTS 'backup'@'localhost'$/,
  );
});

test('an opening names events and channels that do not run', async () => {
  const primary = runningPod(0, server);
  primary.write({ 'server/events': 'shop.nightly', 'server/channels': "'migration' from old.example.com" });
  await startPeers(primary, {});
  const run = primary.start('xtrabackup');
  await run.waitForOutput("WARNING: events do not run, because this data was a replica's: shop.nightly");
  await run.waitForOutput(
    "WARNING: replication into this primary does not run after a restart: channel 'migration' from old.example.com. START REPLICA FOR CHANNEL",
  );
});

describe('the primary stays closed and unready, and its verdict has the reason, while', () => {
  test.each<[string, Record<string, string | undefined>, string]>([
    [
      "a peer holds another cluster's data",
      { 'mysql-1': stateOf('mysql-1', { cluster: 'c-2' }) },
      'mysql-1 holds data of cluster c-2, this primary of cluster c-1',
    ],
    [
      'a peer has executed transactions that the primary lacks',
      { 'mysql-1': stateOf('mysql-1', server), 'mysql-2': stateOf('mysql-2', { executed: 'u:1-9' }) },
      'mysql-2 holds transactions that this primary lacks: u:8-9',
    ],
    [
      'a peer has received transactions that the primary lacks',
      { 'mysql-1': stateOf('mysql-1', { executed: 'u:1-5', received: 'u:1-9' }) },
      'mysql-1 holds transactions that this primary lacks: u:8-9',
    ],
    [
      'a peer has what came after the last opening of this primary that both know',
      { 'mysql-1': stateOf('mysql-1', { ...server, epoch: '3:e' }) },
      'mysql-1 holds transactions that this primary lacked when it opened at 2026-11-28T00:10:00Z: u:5-7',
    ],
    ['mysqld of a peer is down', { 'mysql-1': states.down('mysql-1', 'c-1') }, 'mysqld of mysql-1 does not answer. '],
    ['a peer listens and does not answer', { 'mysql-1': undefined }, 'mysql-1 does not answer. '],
    ['a peer speaks another protocol', { 'mysql-1': 'nonsense' }, 'mysql-1 does not answer. '],
  ])('%s', async (_, peers, reason) => {
    const primary = runningPod(0, server);
    if (reason.includes('when it opened')) primary.write({ 'server/opening': 'u:1-4|2026-11-28T00:10:00Z\n' });
    await startPeers(primary, peers);
    const run = primary.start('xtrabackup');
    await run.waitForOutput('unready (closed): ');
    await run.waitForOutput(reason);
    expect(statements(primary)).toEqual([]);
    expect(primary.read('var/run/mysqld/status')).toMatch(/^unready /);
  });

  test('DNS does not know its pod', async () => {
    const primary = runningPod(0, server);
    const run = primary.start('xtrabackup');
    await run.waitForOutput(`unready (closed): DNS does not resolve mysql-0.mysql to ${primary.ip} yet`);
    expect(statements(primary)).toEqual([]);
    await startPeers(primary, {});
    await run.waitForOutput(' ready (open): the primary');
  });
});

test('a peer that was never heard, and where nothing listens, is waited for 60 s', async () => {
  const primary = runningPod(0, server);
  const [peer] = await startPeers(primary, { 'mysql-1': undefined });
  peer.stop();
  primary.setUptime(1000);
  const run = primary.start('xtrabackup');
  await run.waitForOutput('mysql-1 does not answer, and nothing listens there (opening without it after 60 s)');
  primary.setUptime(1060);
  await run.waitForOutput('opened: agreed: nobody; not heard: mysql-1; gone for good: nobody');
});

describe('a peer that is there and does not answer', () => {
  test('is waited for without a limit, until a person says that it is gone', async () => {
    const primary = runningPod(0, server);
    await startPeers(primary, { 'mysql-1': states.down('mysql-1', 'c-1') });
    primary.setUptime(1000);
    const run = primary.start('xtrabackup');
    await run.waitForOutput(
      'mysqld of mysql-1 does not answer. Waiting for it. If it is gone for good: kubectl exec mysql-0',
    );
    primary.setUptime(90_000);
    await run.waitUntil('it has said so again', () => run.output.split('Waiting for it').length > 2);
    expect(statements(primary)).toEqual([]);
    primary.write({ 'var/run/mysqld/gone-mysql-1': '' });
    await run.waitForOutput('a person says that mysql-1 is gone for good');
    await run.waitForOutput('opened: agreed: nobody; not heard: nobody; gone for good: mysql-1');
  });

  test('is waited for as long as opening.waitForPeers says', async () => {
    const limited = rendered({ opening: { waitForPeers: Duration.minutes(10) } });
    const primary = runningPod(0, server, {}, limited);
    await startPeers(primary, { 'mysql-1': states.down('mysql-1', 'c-1') });
    primary.setUptime(1000);
    const run = primary.start('xtrabackup');
    await run.waitForOutput('mysqld of mysql-1 does not answer (opening without it after 600 s)');
    primary.setUptime(1600);
    await run.waitForOutput('opened: agreed: nobody; not heard: mysql-1');
  });

  test('still agrees if it did before', async () => {
    const primary = runningPod(0, server);
    const [one, two] = await startPeers(primary, {
      'mysql-1': stateOf('mysql-1', server),
      'mysql-2': states.down('mysql-2', 'c-1'),
    });
    const run = primary.start('xtrabackup');
    await run.waitForOutput('mysqld of mysql-2 does not answer');
    one.answers = {};
    two.answers = { state: stateOf('mysql-2', server) };
    await run.waitForOutput('opened: agreed: mysql-1, mysql-2; not heard: nobody');
  });
});

describe('an objection', () => {
  const objecting = async () => {
    const primary = runningPod(0, server);
    const [peer] = await startPeers(primary, { 'mysql-1': stateOf('mysql-1', { executed: 'u:1-9' }) });
    const run = primary.start('xtrabackup');
    await run.waitForOutput('mysql-1 holds transactions that this primary lacks: u:8-9');
    return { primary, peer, run };
  };

  test('holds while the peer is silent, or scaled away, after any time and over a restart', async () => {
    const { primary, peer, run } = await objecting();
    peer.answers = {};
    run.kill();
    primary.setUptime(1000);
    const next = primary.start('xtrabackup');
    await next.waitForOutput('mysql-1 holds transactions that this primary lacks: u:8-9');
    primary.setUptime(9000);
    primary.setDnsForPods({});
    await next.waitUntil('it has said so again', () => next.output.split('u:8-9').length > 2);
    expect(statements(primary)).toEqual([]);
  });

  test('ends when the same peer says otherwise', async () => {
    const { peer, run } = await objecting();
    peer.answers = { state: stateOf('mysql-1', server) };
    await run.waitForOutput('opened: agreed: mysql-1');
  });

  test('ends when a person says that the peer is gone for good', async () => {
    const { primary, peer, run } = await objecting();
    peer.stop();
    primary.setDnsForPods({});
    primary.write({ 'var/run/mysqld/gone-mysql-1': '' });
    await run.waitForOutput('a person says that mysql-1 is gone for good');
    await run.waitForOutput(' ready (open): the primary');
  });

  test('of a peer that answers holds, whatever a person says', async () => {
    const { primary, run } = await objecting();
    primary.write({ 'var/run/mysqld/gone-mysql-1': '' });
    await run.waitForOutput('a person says that mysql-1 is gone for good');
    primary.setUptime(100_000_000);
    await run.waitUntil('it has said so again', () => run.output.split('u:8-9').length > 2);
    expect(statements(primary)).toEqual([]);
  });

  test('is heard while another peer is waited for', async () => {
    const primary = runningPod(0, server);
    await startPeers(primary, {
      'mysql-1': states.down('mysql-1', 'c-1'),
      'mysql-2': stateOf('mysql-2', { executed: 'u:1-9' }),
    });
    const run = primary.start('xtrabackup');
    await run.waitForOutput('mysql-2 holds transactions that this primary lacks: u:8-9');
  });
});

describe('the opening of a primary is recorded', () => {
  const RECORD =
    /^SET GTID_NEXT = 'c-1:(\d+)'; INSERT INTO replicated_mysql.openings VALUES \(\1, '.{36}', UTC_TIMESTAMP\(\), '([^']*)'\); SET GTID_NEXT = AUTOMATIC;$/;

  test('with the number after the last one', async () => {
    const primary = runningPod(0, { executed: 'c-1:1-4,u:1-7', epoch: '4:e-4' });
    await startPeers(primary, {});
    await primary.start('xtrabackup').waitForOutput(' ready (open): the primary');
    expect(statements(primary)).toEqual([FORGET, opening(5, 'c-1:1-4,u:1-7')]);
  });

  test('in a new table on data of an earlier release', async () => {
    const primary = runningPod(0, server);
    primary.write({ 'server/has-openings': '0\n' });
    await startPeers(primary, {});
    await primary.start('xtrabackup').waitForOutput(' ready (open): the primary');
    const [, statement] = statements(primary);
    expect(statement).toMatch(/SET GTID_NEXT = 'c-1:1'; CREATE TABLE replicated_mysql\.openings /);
    expect(statement).toMatch(
      /SET GTID_NEXT = 'c-1:2'; INSERT INTO .* VALUES \(2, '.{36}', UTC_TIMESTAMP\(\), 'u:1-7,c-1:1'\)/,
    );
  });

  test('with what it held before somebody else had opened it, and only once its peers agree', async () => {
    const primary = runningPod(0, server);
    const [peer] = await startPeers(primary, { 'mysql-1': undefined });
    const run = primary.start('xtrabackup');
    await run.waitForOutput('mysql-1 does not answer');
    setServerState(primary, { mode: 'open', executed: 'u:1-9' });
    await run.waitForOutput('unready (closed): its server was open before its peers agreed');
    await run.waitForOutput('mysql-1 does not answer');
    expect(statements(primary)).toEqual(['SET SESSION lock_wait_timeout = 5; SET GLOBAL super_read_only = ON']);
    peer.answers = { state: stateOf('mysql-1', server) };
    await run.waitForOutput(' ready (open): the primary');
    expect(statements(primary).slice(1)).toEqual([FORGET, opening(1, 'u:1-7')]);
  });

  test('again once its binary logs were reset, which the log says', async () => {
    const primary = runningPod(0, { mode: 'open', executed: 'c-1:1-4,u:1-7', epoch: '4:e-4' });
    primary.write({ 'var/run/mysqld/opened': '', 'server/dump-threads': 'KILL 7;KILL 8\n' });
    await startPeers(primary, {});
    const run = primary.start('xtrabackup');
    await run.waitForOutput(' ready (open): the primary');
    expect(statements(primary)).toEqual([]);
    setServerState(primary, { mode: 'open', executed: 'u:1-900', epoch: '4:e-4' });
    await run.waitForOutput('the binary logs of this primary were reset');
    expect(statements(primary)).toContain('KILL 7;KILL 8'); // the dump threads, so that each replica compares itself
    expect(RECORD.exec(statements(primary)[0])?.slice(1)).toEqual(['5', 'u:1-900']);
  });
});

test("the primary stays closed without a time limit while a peer holds another cluster's data", async () => {
  const primary = runningPod(0, server);
  const [peer] = await startPeers(primary, { 'mysql-1': stateOf('mysql-1', { cluster: 'c-2' }) });
  primary.setUptime(1000);
  const run = primary.start('xtrabackup');
  await run.waitForOutput('mysql-1 holds data of cluster c-2');
  primary.setUptime(9000);
  await run.waitUntil('it has said so again', () => run.output.split('mysql-1 holds data of cluster c-2').length > 2);
  peer.answers = { state: stateOf('mysql-1', server) };
  await run.waitForOutput(' ready (open): the primary');
});

test('the sidecar does not open a primary that a person has closed', async () => {
  const primary = runningPod(0, server);
  primary.write({ 'var/run/mysqld/opened': '' });
  await startPeers(primary, {});
  const run = primary.start('xtrabackup');
  await run.waitForOutput('unready (closed): a person closed it');
  expect(statements(primary)).toEqual([]);
});

test('the sidecar says so when preStop has closed the primary', async () => {
  const primary = runningPod(0, server);
  primary.write({ 'var/run/mysqld/opened': '', 'var/run/mysqld/stopping': '' });
  await startPeers(primary, {});
  await primary.start('xtrabackup').waitForOutput('unready (closed): its server ends');
});

test('a primary without its cluster id stays closed, and the message says which id to put back', async () => {
  const primary = runningPod(0, { cluster: '' });
  await startPeers(primary, {});
  const run = primary.start('xtrabackup');
  await run.waitForOutput('unready (fenced): replicated_mysql.cluster is empty');
  await run.waitForOutput('put back c-1');
  expect(statements(primary)).toEqual([]);
});

test('the primary is unready while mysqld does not answer', async () => {
  const primary = runningPod(0, server);
  primary.remove('var/run/mysqld/mysqld.sock');
  await startPeers(primary, {});
  const run = primary.start('xtrabackup');
  await run.waitForOutput('unready (down): mysqld does not answer: it has not started yet');
  primary.write({ 'var/run/mysqld/mysqld.sock': '' });
  primary.remove('server/state');
  await run.waitForOutput('unready (down): mysqld does not answer: it has ended');
});
