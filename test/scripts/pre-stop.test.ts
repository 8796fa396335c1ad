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

test('preStop of the primary executes no statement', async () => {
  const primary = runningPod(0, { ...server, mode: 'open' });
  expect(await primary.start(PRE_STOP).code()).toBe(0);
  expect(primary.tree('server')).not.toHaveProperty('arguments');
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
