import { startPeers, runningPod, stateOf, statements } from '../sandbox/running-pod';

const FORGET = 'STOP REPLICA; RESET REPLICA ALL';
const OPEN = 'SET GLOBAL super_read_only = OFF; SET GLOBAL read_only = OFF';
const server = { executed: 'u:1-7' };

test.each([
  [
    'peers that hold no other transactions',
    { 'mysql-1': stateOf('mysql-1', server), 'mysql-2': stateOf('mysql-2', { executed: 'u:1-5', received: 'u:1-7' }) },
  ],
  ['empty peers', { 'mysql-1': 'state|mysql-1|empty||down|||' }],
  ['no peers', {}],
])('with %s, the sidecar opens the primary, which becomes ready', async (_, peers) => {
  const primary = runningPod(0, server);
  await startPeers(primary, peers);
  const run = primary.start('xtrabackup');
  await run.waitForOutput(' ready (open): the primary of cluster c-1 accepts writes');
  expect(statements(primary)).toEqual([FORGET, OPEN]);
  expect(primary.read('var/run/mysqld/status')).toMatch(/^ready /);
});

test.each([
  ['is missing, and the account of another clone method exists', '%'],
  ['exists next to the account of another clone method, after a killed change', '%,localhost'],
  ['is missing, and no account exists', 'NULL'],
])('the sidecar makes the account for clones, then drops the other one, when the account %s', async (_, accounts) => {
  const primary = runningPod(0, server);
  primary.write({ 'server/accounts': accounts });
  await startPeers(primary, {});
  const run = primary.start('xtrabackup');
  await run.waitForOutput('made the account backup@localhost for clones');
  await run.waitForOutput(' ready (open): the primary of cluster c-1 accepts writes');
  const [, , statement] = statements(primary);
  expect(statement).toMatch(
    /^CREATE USER IF NOT EXISTS 'backup'@'localhost' .* TO 'backup'@'localhost'; DROP USER IF EXISTS 'backup'@'%'$/,
  );
});

describe('the primary stays closed and unready, and its verdict has the reason, while', () => {
  test.each<[string, Record<string, string>, string]>([
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
      'mysqld of a peer is down',
      { 'mysql-1': 'state|mysql-1|complete|c-1|down|||' },
      'mysql-1 does not answer (opening without it after 60 s)',
    ],
    ['a peer speaks another protocol', { 'mysql-1': 'nonsense' }, 'does not answer (opening without it after 60 s)'],
  ])('%s', async (_, peers, reason) => {
    const primary = runningPod(0, server);
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

test('if a peer does not answer, the sidecar opens the primary after 60 s', async () => {
  const primary = runningPod(0, server);
  await startPeers(primary, { 'mysql-1': 'state|mysql-1|complete|c-1|down|||' });
  primary.setUptime(1000);
  const run = primary.start('xtrabackup');
  await run.waitForOutput('opening without it after 60 s');
  primary.setUptime(1060);
  await run.waitForOutput(' ready (open): the primary');
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
  primary.remove('server/state');
  await startPeers(primary, {});
  const run = primary.start('xtrabackup');
  await run.waitForOutput('unready (down): mysqld does not answer: it has not started yet, or has ended');
});
