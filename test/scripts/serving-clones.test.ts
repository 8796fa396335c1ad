import { ask, line, request } from './client';
import { among, running, stateOf } from './running';
import { Run, Sandbox } from './sandbox';

const BACKUP = 'the stream of a backup\n';

/** A replica whose sidecar answers peers. */
async function donor(threads: string): Promise<{ sandbox: Sandbox; run: Run }> {
  const sandbox = running(1, { executed: 'u:1-7', threads, configuration: 'mysql-0.mysql|3306|1|YES|5|0' });
  sandbox.write({ backup: BACKUP, 'mnt/data/mysql/.replicating': '', 'mnt/data/mysql/.connected': '' });
  await among(sandbox, { 'mysql-0': stateOf('mysql-0', { mode: 'open', executed: 'u:1-7' }) });
  const run = sandbox.start('xtrabackup', { env: { LISTEN: 'yes', SLEEP: '1' } });
  await run.says('ready: ');
  return { sandbox, run };
}

const healthy = () => donor('ON|0|ON|0||');
const broken = () => donor('ON|0|OFF|1062||Duplicate entry');

test('a healthy donor streams a backup, announced by its name, cluster and size', async () => {
  const { sandbox, run } = await healthy();
  const [announcement, ...stream] = (await ask(sandbox.ip, 'clone')).split(/(?<=\n)/);
  expect(announcement).toMatch(/^stream\|mysql-1\|c-1\|[1-9]\d*\n$/);
  expect(stream.join('')).toBe(BACKUP);
  await run.says('served the clone');
  expect(run.output).toMatch(/serving a clone of \d+ MiB to 127\./);
});

test('a backup logs in by an option file that is gone afterwards, never by an argument', async () => {
  const { sandbox, run } = await healthy();
  await ask(sandbox.ip, 'clone');
  await run.says('served the clone');
  expect(sandbox.read('log')).toMatch(/^xtrabackup --defaults-file=\S+ --backup /m);
  expect(sandbox.read('log') + run.output).not.toContain('of backup');
  await run.until('the option file to be gone', () => !('backup.cnf' in sandbox.tree('var/run/mysqld')));
});

test('a donor that is not healthy refuses, and starts no backup', async () => {
  const { sandbox } = await broken();
  expect(await ask(sandbox.ip, 'clone')).toBe('refused|mysql-1 is unready: the applier has stopped: Duplicate entry\n');
  expect(sandbox.tree('.')).not.toHaveProperty('log');
});

test('one clone at a time: another peer is told that the donor is busy, and served later', async () => {
  const { sandbox, run } = await healthy();
  sandbox.write({ slow: '' });
  const first = await request(sandbox.ip, 'clone');
  expect(await line(first)).toMatch(/^stream\|/);
  expect(await ask(sandbox.ip, 'clone')).toBe('busy|mysql-1 serves another clone\n');
  sandbox.remove('slow');
  await run.says('served the clone');
  for (const deadline = Date.now() + 30_000; Date.now() < deadline;) {
    if ((await ask(sandbox.ip, 'clone')).endsWith(BACKUP)) return;
  }
  throw new Error('the donor stays busy');
});

test('a clone that was killed while it was served keeps no other one waiting', async () => {
  const { sandbox, run } = await healthy();
  sandbox.write({ slow: '' });
  const first = await request(sandbox.ip, 'clone');
  expect(await line(first)).toMatch(/^stream\|/);
  run.kill();
  await run.code();
  sandbox.remove('slow');
  const next = sandbox.start('xtrabackup', { env: { LISTEN: 'yes', SLEEP: '1' } });
  await next.says('ready: ');
  expect(await ask(sandbox.ip, 'clone')).toMatch(BACKUP);
});

test('a peer hears what is here, and of a server that is down what the mark says', async () => {
  const { sandbox } = await healthy();
  expect(await ask(sandbox.ip, 'state')).toBe('state|mysql-1|complete|c-1|closed|u:1-7||\n');
  sandbox.remove('server/state');
  expect(await ask(sandbox.ip, 'state')).toBe('state|mysql-1|complete|c-1|down|||\n');
});

test('a peer that does not prove itself starts no backup', async () => {
  const { sandbox } = await healthy();
  expect(await ask(sandbox.ip, 'clone', 'of nobody')).toBe('denied\n');
  expect(sandbox.tree('.')).not.toHaveProperty('log');
});
