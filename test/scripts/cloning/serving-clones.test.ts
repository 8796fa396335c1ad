import { Socket } from 'net';
import { ask, nextAnswer, sendRequest, takeClone } from '../sandbox/client';
import { startPeers, runningPod, stateOf } from '../sandbox/running-pod';
import { Run, Sandbox } from '../sandbox/sandbox';

const BACKUP = 'the stream of a backup\n';

/** A replica whose sidecar answers peers. */
async function donor(threads: string): Promise<{ sandbox: Sandbox; run: Run }> {
  const sandbox = runningPod(1, { executed: 'u:1-7', threads, configuration: 'mysql-0.mysql|3306|1|YES|5|0' });
  sandbox.write({ backup: BACKUP, 'mnt/data/mysql/.replicating': '', 'mnt/data/mysql/.connected': '' });
  await startPeers(sandbox, { 'mysql-0': stateOf('mysql-0', { mode: 'open', executed: 'u:1-7' }) });
  const run = sandbox.start('xtrabackup', { env: { LISTEN: 'yes', SLEEP: '1' } });
  await run.waitForOutput('ready (');
  return { sandbox, run };
}

/** The donor serves a clone as soon as it is no longer busy. */
async function expectServed(sandbox: Sandbox): Promise<void> {
  for (const deadline = Date.now() + 30_000; ;) {
    const { announcement, stream } = await takeClone(sandbox.ip);
    if (stream === BACKUP) return;
    if (Date.now() > deadline) throw new Error(`the donor serves no clone, and says ${announcement}`);
  }
}

const healthy = () => donor('ON|0|ON|0||');
const broken = () => donor('ON|0|OFF|1062||Duplicate entry');

test('a healthy donor streams a backup, announced by its name, cluster and size', async () => {
  const { sandbox, run } = await healthy();
  const { announcement, stream } = await takeClone(sandbox.ip);
  expect(announcement).toMatch(/^offer\|mysql-1\|c-1\|[1-9]\d*$/);
  expect(stream).toBe(BACKUP);
  await run.waitForOutput('served the clone');
  expect(run.output).toMatch(/serving a clone of \d+ MiB to 127\./);
});

test('a backup logs in by an option file that is gone afterwards, never by an argument', async () => {
  const { sandbox, run } = await healthy();
  await takeClone(sandbox.ip);
  await run.waitForOutput('served the clone');
  expect(sandbox.read('log')).toMatch(/^xtrabackup --defaults-file=\S+ --backup /m);
  expect(sandbox.read('log') + run.output).not.toContain('of backup');
  await run.waitUntil('the option file to be gone', () => !('backup.cnf' in sandbox.tree('var/run/mysqld')));
});

test('a donor that is not healthy refuses, and starts no backup', async () => {
  const { sandbox } = await broken();
  expect(await ask(sandbox.ip, 'clone')).toBe(
    'refused|mysql-1 is unready (stopped): the applier stopped: Duplicate entry\n',
  );
  expect(sandbox.tree('.')).not.toHaveProperty('log');
});

test('one clone at a time: another peer is told that the donor is busy, and served later', async () => {
  const { sandbox, run } = await healthy();
  sandbox.write({ slow: '' });
  const first = await sendRequest(sandbox.ip, 'clone');
  expect(await nextAnswer(first)).toMatch(/^offer\|/);
  expect(await ask(sandbox.ip, 'clone')).toBe('refused|mysql-1 serves another clone\n');
  first.write('go\n');
  await run.waitForOutput('serving a clone');
  expect(await ask(sandbox.ip, 'clone')).toBe('refused|mysql-1 serves another clone\n');
  sandbox.remove('slow');
  await run.waitForOutput('served the clone');
  await expectServed(sandbox);
});

test('of two peers that ask at the same moment at most one is served', async () => {
  const { sandbox } = await healthy();
  sandbox.write({ slow: '' });
  const asked = await Promise.all([sendRequest(sandbox.ip, 'clone'), sendRequest(sandbox.ip, 'clone')]);
  const words = (await Promise.all(asked.map(nextAnswer))).map((text) => text.split('|')[0]);
  expect(words).toContain('refused');
  sandbox.remove('slow');
  asked.forEach((connection) => connection.destroy());
  await expectServed(sandbox);
});

describe('no backup starts, and the next peer is served, when a peer that was told of the stream', () => {
  test.each<[string, (connection: Socket) => unknown]>([
    ['hangs up, since it has no room', (connection) => connection.destroy()],
    ['says something else', (connection) => connection.write('stop\n')],
    ['says nothing for 10 s', () => {}],
  ])('%s', async (_, behave) => {
    const { sandbox, run } = await healthy();
    const connection = await sendRequest(sandbox.ip, 'clone');
    expect(await nextAnswer(connection)).toMatch(/^offer\|/);
    behave(connection);
    await expectServed(sandbox);
    expect(sandbox.read('log').match(/^xtrabackup /gm)).toHaveLength(1);
    await run.waitForOutput('served the clone');
    expect(run.output.match(/serving a clone/g)).toHaveLength(1);
  });
});

test('a clone that was killed while it was served keeps no other one waiting', async () => {
  const { sandbox, run } = await healthy();
  sandbox.write({ slow: '' });
  const first = await sendRequest(sandbox.ip, 'clone');
  expect(await nextAnswer(first)).toMatch(/^offer\|/);
  first.write('go\n');
  await run.waitForOutput('serving a clone');
  run.kill();
  await run.code();
  sandbox.remove('slow');
  const next = sandbox.start('xtrabackup', { env: { LISTEN: 'yes', SLEEP: '1' } });
  await next.waitForOutput('ready (');
  expect((await takeClone(sandbox.ip)).stream).toBe(BACKUP);
});

test('a peer hears what is here, and of a server that is down what the mark says', async () => {
  const { sandbox } = await healthy();
  expect(await ask(sandbox.ip, 'state')).toBe('state|mysql-1|complete|c-1|closed|u:1-7||\n');
  sandbox.remove('server/state');
  expect(await ask(sandbox.ip, 'state')).toBe('state|mysql-1|complete|c-1|down|||\n');
});

test.each([
  ['nothing', 'u:1-7', ''],
  ['the rest', 'u:1-9', 'u:8-9'],
])('a peer hears that of what it names %s is missing here', async (_, gtids, missing) => {
  const { sandbox } = await healthy();
  expect(await ask(sandbox.ip, `lacks ${gtids}`)).toBe(`lacks|mysql-1|${missing}\n`);
});

test('while the server is down, nobody hears that nothing is missing', async () => {
  const { sandbox } = await healthy();
  sandbox.remove('server/state');
  expect(await ask(sandbox.ip, 'lacks u:1-7')).not.toContain('lacks|');
});

test('a peer that does not prove itself starts no backup', async () => {
  const { sandbox } = await healthy();
  expect(await ask(sandbox.ip, 'clone', 'of nobody')).toBe('denied\n');
  expect(sandbox.tree('.')).not.toHaveProperty('log');
});
