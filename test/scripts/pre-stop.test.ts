import { Duration } from 'cdk8s';
import { rendered } from './sandbox/rendered';
import { Sandbox } from './sandbox/sandbox';
import { runningPod, Server, statements } from './sandbox/running-pod';

const PRE_STOP = 'mysql lifecycle preStop exec';
const server: Server = { executed: 'u:1-5', received: 'u:1-7', threads: 'ON|0|ON|0||' };

test('a replica stops its receiver, then waits until the applier has applied what was received', async () => {
  const replica = runningPod(1, server);
  const run = replica.start(PRE_STOP);
  expect([await run.code(), run.output]).toEqual([0, '']);
  const [stop, wait, ...others] = statements(replica);
  expect(stop).toBe('STOP REPLICA IO_THREAD');
  // It waits for half of the remaining grace period, and only if the applier runs.
  expect(wait).toMatch(/^SELECT WAIT_FOR_EXECUTED_GTID_SET\(RECEIVED_TRANSACTION_SET, 147\) /);
  expect(wait).toContain("RECEIVED_TRANSACTION_SET <> '' AND replication_applier_status.SERVICE_STATE = 'ON'");
  expect(others).toEqual([]);
});

test('preStop logs in as root by an option file, through the socket of the server', async () => {
  const replica = runningPod(1, server);
  await replica.start(PRE_STOP).code();
  expect(replica.read('server/login')).toBe('[client]\nuser=root\npassword="of root"\n');
  expect(replica.read('server/arguments')).not.toContain('of root');
});

describe('the primary', () => {
  const CLOSE = 'SET SESSION lock_wait_timeout = 5; SET GLOBAL super_read_only = ON';
  const open: Server = { ...server, mode: 'open' };

  test('takes no more commits, sees that its replicas were sent all of them, and keeps receivers away', async () => {
    const primary = runningPod(0, open);
    const run = primary.start(PRE_STOP);
    expect([await run.code(), run.output]).toEqual([0, '']);
    expect(statements(primary)).toEqual([CLOSE, 'how many are sent to', 'SET GLOBAL offline_mode = ON']);
    expect(primary.has('var/run/mysqld/stopping')).toBe(true); // tells the sidecar who has closed it
  });

  test('waits while a replica is being sent something', async () => {
    const primary = runningPod(0, open);
    primary.write({ 'server/sending': '1\n' });
    const run = primary.start(PRE_STOP, { env: { SLEEP: '0.1' } });
    await run.waitUntil('the question', () => primary.read('server/statements').includes('sent to'));
    expect(statements(primary)).not.toContain('SET GLOBAL offline_mode = ON');
    primary.write({ 'server/sending': '0\n' });
    expect(await run.code()).toBe(0);
    expect(statements(primary).pop()).toBe('SET GLOBAL offline_mode = ON');
  });

  test('lets receivers stay, within a bound, when one is not sent everything', async () => {
    const primary = runningPod(0, open);
    primary.write({ 'server/sending': '2\n' });
    const run = primary.start(PRE_STOP);
    expect([await run.code(), run.output]).toEqual([1, expect.stringMatching(/^2 replicas were not sent everything/)]);
    expect(statements(primary).slice(1)).toEqual(Array(10).fill('how many are sent to'));
  });

  test('takes no longer than its grace period lets it', async () => {
    const termination = { preStop: Duration.seconds(5), gracePeriod: Duration.seconds(15) };
    const primary = runningPod(0, open, {}, rendered({ termination }));
    primary.write({ 'server/sending': '2\n' });
    await primary.start(PRE_STOP).code();
    expect(statements(primary)).toEqual([
      'SET SESSION lock_wait_timeout = 2; SET GLOBAL super_read_only = ON',
      ...Array(4).fill('how many are sent to'),
    ]);
  });

  test('ends without waiting when a step fails', async () => {
    const primary = runningPod(0, open);
    const { length } = await stepsOf(primary);
    expect(length).toBe(3);
    for (let call = 1; call <= length; call += 1) {
      const again = runningPod(0, open);
      const run = again.start(PRE_STOP, { fault: { command: 'mysql', call, effect: 'fails' } });
      expect(await run.code()).toBe(1);
      expect(statements(again)).toHaveLength(call - 1);
    }
  });

  const stepsOf = async (primary: Sandbox) => {
    await primary.start(PRE_STOP, { steps: true }).code();
    return primary.steps().filter(({ command }) => command === 'mysql');
  };
});

test('a server that hangs is waited for only a few seconds, at its first statement', async () => {
  for (const ordinal of [0, 1]) {
    const instance = runningPod(ordinal, server);
    instance.write({ 'server/hanging': '' }); // whatever the statement
    await instance.start(PRE_STOP).code();
    expect(instance.read('server/arguments').trim().split('\n')).toHaveLength(1);
    expect(statements(instance)).toEqual([]);
  }
}, 20_000);

test('the sessions of preStop do not depend on the settings of the server', async () => {
  for (const ordinal of [0, 1]) {
    const instance = runningPod(ordinal, server);
    await instance.start(PRE_STOP).code();
    for (const call of instance.read('server/arguments').trim().split('\n'))
      expect(call).toContain("--init-command=SET autocommit = 1, sql_mode = ''");
  }
});

describe('preStop of a replica ends without waiting when', () => {
  test.each<[string, (replica: ReturnType<typeof runningPod>) => void]>([
    ['the server does not answer', (replica) => replica.remove('server/state')],
    ['the password is wrong', (replica) => replica.write({ 'server/denied': '' })],
  ])('%s', async (_, breakServer) => {
    const replica = runningPod(1, server);
    breakServer(replica);
    await replica.start(PRE_STOP).code();
    expect(statements(replica).filter((statement) => statement.includes('WAIT_FOR'))).toEqual([]);
  });
});
