import { byXtrabackup } from './sandbox/rendered';
import { CONFIGURED, REPLICATED, runningPod, RUNNING, startPeers, stateOf } from './sandbox/running-pod';
import { Sandbox } from './sandbox/sandbox';

const MARKS = { ...REPLICATED, '.compared': '0: u:1-5\n' };
const sessions = (pod: Sandbox) => pod.read('server/arguments').split('--unbuffered').length - 1;

async function connectedReplica() {
  const server = { executed: 'u:1-5', threads: RUNNING, configuration: CONFIGURED };
  const replica = runningPod(1, server, MARKS, byXtrabackup());
  const [primary] = await startPeers(replica, { 'mysql-0': stateOf('mysql-0', { mode: 'open', executed: 'u:1-7' }) });
  const run = replica.start('xtrabackup', { steps: true });
  await run.waitForOutput(' ready (replicating): from mysql-0');
  /** Resolves after so many more looks of the sidecar. */
  const looks = async (count: number) => {
    for (let i = 0; i < count; i++) {
      replica.write({ 'var/run/mysqld/judged': '' });
      await run.waitUntil('a look', () => replica.read('var/run/mysqld/judged') !== '');
    }
  };
  return { replica, primary, run, looks };
}

test('the looks at a connected replica share one session, start no process, and ask the primary once in five minutes', async () => {
  const { replica, primary, looks } = await connectedReplica();
  replica.setUptime(1_000_000);
  await looks(3);
  replica.write({ steps: '' });
  await looks(5);
  expect(sessions(replica)).toBe(1);
  expect(
    replica
      .read('steps')
      .split('\n')
      .filter((step) => step && !/^(sleep|socat) /.test(step)),
  ).toEqual([]);
  const asked = primary.requests.length;
  replica.setUptime(1_000_299);
  await looks(3);
  expect(primary.requests).toHaveLength(asked);
  replica.setUptime(1_000_301);
  await looks(3);
  expect(primary.requests).toHaveLength(asked + 1);
});

test('transactions of its own make it ask at once', async () => {
  const { replica, primary, run, looks } = await connectedReplica();
  replica.setUptime(1_000_000);
  await looks(3);
  const asked = primary.requests.length;
  replica.write({ 'server/of-its-own': 'u:9\n' });
  await looks(2);
  expect(primary.requests.length).toBeGreaterThan(asked);
  expect(run.output).not.toContain('fenced'); // the primary has them
});

test('a session that the server has ended is replaced at once', async () => {
  const { replica, run, looks } = await connectedReplica();
  replica.write({ 'server/ending': '' });
  await looks(3);
  expect(sessions(replica)).toBeGreaterThan(1);
  expect(run.output).not.toContain('unready');
});

test('a server that hangs is down after 10 s', async () => {
  const { replica, run } = await connectedReplica();
  replica.write({ 'server/hanging': 'state|' });
  await run.waitForOutput('unready (down): mysqld does not answer: no answer within 10 s');
  replica.remove('server/hanging');
  await run.waitUntil('it to be ready again', () => run.output.split(' ready (replicating)').length > 2);
});

describe('while clients have all connections of the server', () => {
  /** The connected replica, whose session ends; the server then refuses so many logins. */
  const refusing = async (logins: number) => {
    const { replica, run, looks } = await connectedReplica();
    replica.write({ 'server/busy': 'no\n'.repeat(logins), 'server/ending': '' });
    return { replica, run, looks };
  };

  test('a login is tried again: the server keeps one for root, which clients take for a moment', async () => {
    const { replica, run, looks } = await refusing(3);
    await looks(2);
    expect(replica.read('server/busy')).toBe('');
    expect(run.output).not.toContain('no new verdict');
  });

  test('statements are tried again as well, with all that they read', async () => {
    const primary = runningPod(0, { executed: 'u:1-7' });
    primary.write({ 'server/accounts': 'localhost' });
    await startPeers(primary, {});
    const run = primary.start('xtrabackup');
    await run.waitForOutput('opened: ');
    primary.write({ 'server/busy': 'no\n'.repeat(4) });
    await run.waitForOutput('made the account backup@% for clones');
    expect(primary.read('server/busy')).toBe('');
    expect(run.output).not.toContain('unready (failing)');
  });

  test('the verdict stands, since a server that is busy is not down', async () => {
    const { replica, run, looks } = await refusing(1000);
    await run.waitForOutput('no new verdict: clients have all connections of mysqld (max_connections)');
    await looks(2);
    expect(replica.read('var/run/mysqld/status')).toBe('ready (replicating): from mysql-0\n');
    expect(run.output).not.toContain('unready');
  });
});
