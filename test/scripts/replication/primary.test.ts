import { startPeers, runningPod, stateOf, statements } from '../sandbox/running-pod';

const FORGET = 'STOP REPLICA; RESET REPLICA ALL';
const OPEN = 'SET GLOBAL super_read_only = OFF; SET GLOBAL read_only = OFF';
const server = { executed: 'u:1-7' };

test.each([
  [
    'peers that hold no more than it does',
    { 'mysql-1': stateOf('mysql-1', server), 'mysql-2': stateOf('mysql-2', { executed: 'u:1-5', received: 'u:1-7' }) },
  ],
  ['peers that are empty', { 'mysql-1': 'state|mysql-1|empty||down|||' }],
  ['no peers', {}],
])('with %s, the primary is opened, and ready', async (_, peers) => {
  const primary = runningPod(0, server);
  await startPeers(primary, peers);
  const run = primary.start('xtrabackup');
  await run.waitForOutput(' ready (open): the primary of cluster c-1 accepts writes');
  expect(statements(primary)).toEqual([FORGET, OPEN]);
  expect(primary.read('var/run/mysqld/status')).toMatch(/^ready /);
});

test.each([
  ['is that of another clone method', '%'],
  ['has that of another clone method beside it: a change was killed', '%,localhost'],
  ['is missing', 'NULL'],
])('the account that clones are made with is made where it %s; the other one goes last', async (_, accounts) => {
  const primary = runningPod(0, server);
  primary.write({ 'server/accounts': accounts });
  await startPeers(primary, {});
  const run = primary.start('xtrabackup');
  await run.waitForOutput('made the account backup@localhost for clones');
  await run.waitForOutput(' ready (open): the primary of cluster c-1 accepts writes');
  const [, , made] = statements(primary);
  expect(made).toMatch(
    /^CREATE USER IF NOT EXISTS 'backup'@'localhost' .* TO 'backup'@'localhost'; DROP USER IF EXISTS 'backup'@'%'$/,
  );
});

describe('the primary stays closed and unready, and says why, beside', () => {
  test.each<[string, Record<string, string>, string]>([
    [
      'a peer of another cluster',
      { 'mysql-1': stateOf('mysql-1', { cluster: 'c-2' }) },
      'mysql-1 holds data of cluster c-2, this primary of cluster c-1',
    ],
    [
      'a peer that executed more',
      { 'mysql-1': stateOf('mysql-1', server), 'mysql-2': stateOf('mysql-2', { executed: 'u:1-9' }) },
      'mysql-2 holds transactions that this primary lacks: u:8-9',
    ],
    [
      'a peer that received more than it has executed',
      { 'mysql-1': stateOf('mysql-1', { executed: 'u:1-5', received: 'u:1-9' }) },
      'mysql-1 holds transactions that this primary lacks: u:8-9',
    ],
    [
      'a peer whose server is down',
      { 'mysql-1': 'state|mysql-1|complete|c-1|down|||' },
      'mysql-1 does not answer (opening without it after 60 s)',
    ],
    ['a peer that talks nonsense', { 'mysql-1': 'nonsense' }, 'does not answer (opening without it after 60 s)'],
  ])('%s', async (_, peers, reason) => {
    const primary = runningPod(0, server);
    await startPeers(primary, peers);
    const run = primary.start('xtrabackup');
    await run.waitForOutput('unready (closed): ');
    await run.waitForOutput(reason);
    expect(statements(primary)).toEqual([]);
    expect(primary.read('var/run/mysqld/status')).toMatch(/^unready /);
  });

  test('an error of DNS', async () => {
    const primary = runningPod(0, server);
    const run = primary.start('xtrabackup');
    await run.waitForOutput(`unready (closed): DNS does not resolve mysql-0.mysql to ${primary.ip} yet`);
    expect(statements(primary)).toEqual([]);
    await startPeers(primary, {});
    await run.waitForOutput(' ready (open): the primary');
  });
});

test('a peer that does not answer is not waited for longer than 60 s', async () => {
  const primary = runningPod(0, server);
  await startPeers(primary, { 'mysql-1': 'state|mysql-1|complete|c-1|down|||' });
  const run = primary.start('xtrabackup', { env: { SECONDS: '58' } });
  await run.waitForOutput('opening without it after 60 s');
  await run.waitForOutput(' ready (open): the primary');
});

test('a peer of another cluster is waited for as long as it takes', async () => {
  const primary = runningPod(0, server);
  const [peer] = await startPeers(primary, { 'mysql-1': stateOf('mysql-1', { cluster: 'c-2' }) });
  const run = primary.start('xtrabackup', { env: { SECONDS: '1000' } });
  await run.waitForOutput('mysql-1 holds data of cluster c-2');
  peer.answers = { state: stateOf('mysql-1', server) };
  await run.waitForOutput(' ready (open): the primary');
});

test('a primary that a person has closed is not opened again', async () => {
  const primary = runningPod(0, server);
  primary.write({ 'var/run/mysqld/opened': '' });
  await startPeers(primary, {});
  const run = primary.start('xtrabackup');
  await run.waitForOutput('unready (closed): a person closed it');
  expect(statements(primary)).toEqual([]);
});

test('a database without its id is neither opened nor taken for another one', async () => {
  const primary = runningPod(0, { cluster: '' });
  await startPeers(primary, {});
  const run = primary.start('xtrabackup');
  await run.waitForOutput('unready (fenced): replicated_mysql.cluster is empty');
  await run.waitForOutput('put back c-1');
  expect(statements(primary)).toEqual([]);
});

test('while the server does not answer, the instance is unready', async () => {
  const primary = runningPod(0, server);
  primary.remove('server/state');
  await startPeers(primary, {});
  const run = primary.start('xtrabackup');
  await run.waitForOutput('unready (down): mysqld does not answer: it has not started yet, or has ended');
});
