import { existsSync, truncateSync } from 'fs';
import { connect, Socket } from 'net';
import { ask, nextAnswer, readToEnd, sendRequest, sendRequestByTls, takeClone } from '../sandbox/client';
import { certificates } from '../sandbox/certificates';
import { byXtrabackup } from '../sandbox/rendered';
import { startPeers, runningPod, stateOf } from '../sandbox/running-pod';
import { Run, Sandbox } from '../sandbox/sandbox';

const cluster = byXtrabackup();
const BACKUP = 'the stream of a backup\n';

/** Starts a replica and its sidecar, which answers peers. */
async function donor(threads: string): Promise<{ sandbox: Sandbox; run: Run }> {
  const server = { executed: 'u:1-7', threads, configuration: 'mysql-0.mysql|3306|1|YES|5|1' };
  const sandbox = runningPod(1, server, {}, cluster);
  sandbox.write({ backup: BACKUP, 'mnt/data/mysql/.replicating': '', 'mnt/data/mysql/.connected': '' });
  for (const [name, text] of Object.entries(certificates())) sandbox.write({ [`mnt/data/mysql/${name}`]: text });
  await startPeers(sandbox, { 'mysql-0': stateOf('mysql-0', { mode: 'open', executed: 'u:1-7' }) });
  const run = sandbox.start('xtrabackup', { env: { LISTEN: 'yes', SLEEP: '1' } });
  await run.waitForOutput('ready (');
  return { sandbox, run };
}

/** The donor serves a clone once it is no longer busy. Returns the announcement. */
async function expectServed(sandbox: Sandbox): Promise<string> {
  for (const deadline = Date.now() + 60_000; ;) {
    const { announcement, stream } = await takeClone(sandbox.ip);
    if (stream === BACKUP) return announcement;
    if (Date.now() > deadline) throw new Error(`the donor serves no clone, and answers ${announcement}`);
  }
}

const healthy = () => donor('ON|0|ON|0||');
const broken = () => donor('ON|0|OFF|1062||Duplicate entry');

test('a healthy donor announces its name, cluster id and size, then streams a backup', async () => {
  const { sandbox, run } = await healthy();
  const { announcement, stream } = await takeClone(sandbox.ip);
  expect(announcement).toMatch(/^offer\|mysql-1\|c-1\|[1-9]\d*$/);
  expect(stream).toBe(BACKUP);
  await run.waitForOutput('served the clone');
  expect(run.output).toMatch(/serving a clone of \d+ MiB to 127\./);
});

test('a donor announces the room that a clone takes: data without holes, and neither logs nor temporary files', async () => {
  const { sandbox } = await healthy();
  const data = 'mnt/data/mysql';
  sandbox.write({ [`${data}/shop/orders.ibd`]: Buffer.alloc(2 ** 20, 1) });
  const sizeOfOffer = async () => Number((await expectServed(sandbox)).split('|')[3]);
  const before = await sizeOfOffer();
  expect(before).toBeGreaterThan(2 ** 20);

  const logs = ['binlog.000001', 'relay.000002', 'mysql-1.log', 'mysql-1-slow.log', 'slow.log.1', 'mysql-1.err'];
  for (const file of [...logs, 'ibtmp1', '#innodb_temp/temp_1.ibt']) {
    sandbox.write({ [`${data}/${file}`]: Buffer.alloc(2 ** 20, 1) });
  }
  truncateSync(sandbox.path(`${data}/shop/orders.ibd`), 2 ** 30); // the rest is a hole, as of a compressed page
  expect(await sizeOfOffer()).toBeLessThan(before + 2 ** 16); // directories and marks
});

test('xtrabackup reads its password from an option file, which the sidecar then deletes, and never from an argument', async () => {
  const { sandbox, run } = await healthy();
  await takeClone(sandbox.ip);
  await run.waitForOutput('served the clone');
  expect(sandbox.read('log')).toMatch(/^xtrabackup --defaults-file=\S+ --backup /m);
  expect(sandbox.read('log') + run.output).not.toContain('the password of backup');
  await run.waitUntil('the option file to be deleted', () => !sandbox.has('var/run/mysqld/backup.cnf'));
});

test('a donor whose tables a clone would not carry offers none, and names them', async () => {
  const { sandbox, run } = await healthy();
  sandbox.write({ 'server/other-engines': 'shop.log (MyISAM)\nshop.cache (MEMORY)\n' });
  expect(await ask(sandbox.ip, 'clone')).toBe(
    'refused|mysql-1 has tables of other engines than InnoDB, whose rows a clone would lack: shop.log (MyISAM), shop.cache (MEMORY)\n',
  );
  expect(run.output).toContain('On the primary: ALTER TABLE ... ENGINE = InnoDB');
});

test('a backup that loses the race with the redo log names the remedy', async () => {
  const { sandbox, run } = await healthy();
  const error = 'log block numbers mismatch: expected log block no. 17, but got no. 4711 from the log file.';
  sandbox.write({ 'backup-error': `${error}\n` });
  await takeClone(sandbox.ip);
  await run.waitForOutput(error);
  await run.waitForOutput('writes overwrote the redo log before it was copied: make it larger on every instance');
});

test('an unhealthy donor refuses to serve a clone, and starts no backup', async () => {
  const { sandbox } = await broken();
  expect(await ask(sandbox.ip, 'clone')).toBe(
    'refused|mysql-1 is unready (stopped): the applier stopped: Duplicate entry\n',
  );
  expect(sandbox.has('log')).toBe(false);
});

test('a donor that has come to no verdict yet refuses to serve a clone, and says nothing else', async () => {
  const { sandbox, run } = await broken();
  sandbox.write({ 'server/hanging': 'state|' }); // so that none follows
  await run.waitUntil('a look to hang', () => sandbox.has('server/hung'));
  sandbox.remove('var/run/mysqld/status');
  expect(await ask(sandbox.ip, 'clone')).toBe('refused|mysql-1 is unready (down): it has just started\n');
  expect(run.output).not.toContain('No such file');
});

test('a donor serves one clone at a time: it refuses a second peer, and serves it later', async () => {
  const { sandbox, run } = await healthy();
  sandbox.write({ slow: '' });
  const first = await sendRequest(sandbox.ip, 'clone');
  expect(await nextAnswer(first)).toMatch(/^offer\|/);
  expect(await ask(sandbox.ip, 'clone')).toBe('refused|mysql-1 serves another clone\n');
  first.write('go\n');
  await sendRequestByTls(sandbox.ip, 'stream');
  await run.waitForOutput('serving a clone');
  expect(await ask(sandbox.ip, 'clone')).toBe('refused|mysql-1 serves another clone\n');
  sandbox.remove('slow');
  await run.waitForOutput('served the clone');
  await expectServed(sandbox);
});

test('of two peers that ask at the same moment, the donor serves at most one', async () => {
  const { sandbox } = await healthy();
  sandbox.write({ slow: '' });
  const requests = await Promise.all([sendRequest(sandbox.ip, 'clone'), sendRequest(sandbox.ip, 'clone')]);
  const verbs = (await Promise.all(requests.map(nextAnswer))).map((text) => text.split('|')[0]);
  expect(verbs).toContain('refused');
  sandbox.remove('slow');
  requests.forEach((connection) => connection.destroy());
  await expectServed(sandbox);
});

describe('the donor starts no backup, and serves the next peer, when a peer that has received the announcement', () => {
  test.each<[string, (connection: Socket) => unknown]>([
    ['closes the connection, because it has no room', (connection) => connection.destroy()],
    ['answers anything but go', (connection) => connection.write('stop\n')],
    ['answers nothing for 20 s', () => {}],
    ['does not connect to the clone port', (connection) => connection.write('go\n')],
    [
      'does not prove itself there',
      (connection) => {
        connection.write('go\n');
        void sendRequestByTls(connection.remoteAddress!, 'stream', 'of nobody');
      },
    ],
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

test('after a kill of the sidecar during a clone, the donor serves the next one', async () => {
  const { sandbox, run } = await healthy();
  sandbox.write({ slow: '' });
  const first = await sendRequest(sandbox.ip, 'clone');
  expect(await nextAnswer(first)).toMatch(/^offer\|/);
  first.write('go\n');
  await sendRequestByTls(sandbox.ip, 'stream');
  await run.waitForOutput('serving a clone');
  run.kill();
  await run.code();
  sandbox.remove('slow');
  const next = sandbox.start('xtrabackup', { env: { LISTEN: 'yes', SLEEP: '1' } });
  await next.waitForOutput('ready (');
  expect((await takeClone(sandbox.ip)).stream).toBe(BACKUP);
});

test('the clone port is open for the recipient of the moment only, who asks for the stream inside TLS', async () => {
  const { sandbox, run } = await healthy();
  const fromElsewhere = () => connect({ host: sandbox.ip, port: 3308, localAddress: '127.9.9.9' });
  const endOf = (socket: Socket) =>
    new Promise((resolve) => socket.on('error', ({ message }) => resolve(message)).on('close', () => resolve('')));
  expect(await endOf(fromElsewhere())).toContain('ECONNREFUSED');
  expect(await ask(sandbox.ip, 'stream')).toBe('refused|mysql-1 sends clones on port 3308, inside TLS\n');

  const recipient = await sendRequest(sandbox.ip, 'clone');
  expect(await nextAnswer(recipient)).toMatch(/^offer\|/);
  recipient.write('go\n');
  while (String(await endOf(fromElsewhere())).includes('ECONNREFUSED'));
  const stream = await sendRequestByTls(sandbox.ip, 'stream');
  expect(await readToEnd(stream)).toContain(` stream|mysql-1\n${BACKUP}`);
  await run.waitForOutput('served the clone');
});

test('the session of an answer with the server ends with the answer', async () => {
  const { sandbox, run } = await healthy();
  for (let i = 0; i < 3; i++) expect(await ask(sandbox.ip, 'state')).toContain('state|mysql-1|complete|');
  const [own, ...others] = sandbox.read('server/sessions').trim().split('\n').map(Number);
  expect(others.length).toBeGreaterThanOrEqual(3);
  const running = () => others.filter((process) => existsSync(`/proc/${process}`));
  await run.waitUntil(`the end of ${others.length} sessions`, () => !running().length);
  expect(existsSync(`/proc/${own}`)).toBe(true);
});

test('an instance answers state from its server, or from its mark while mysqld is down', async () => {
  const { sandbox } = await healthy();
  expect(await ask(sandbox.ip, 'state')).toBe('state|mysql-1|complete|c-1|closed|u:1-7|||0:\n');
  sandbox.remove('server/state');
  expect(await ask(sandbox.ip, 'state')).toBe('state|mysql-1|complete|c-1|down||||0:\n');
});

test('an instance answers certificate with the CA of its server, in one line', async () => {
  const { sandbox } = await healthy();
  const [, name, encoded] = (await ask(sandbox.ip, 'certificate')).trimEnd().split('|');
  expect(name).toBe('mysql-1');
  expect(Buffer.from(encoded, 'base64').toString()).toBe(certificates()['ca.pem']);
});

test('an instance does not answer certificate before its server has one', async () => {
  const { sandbox } = await healthy();
  sandbox.remove('mnt/data/mysql/ca.pem');
  expect(await ask(sandbox.ip, 'certificate')).toBe('refused|mysql-1 has no certificate yet\n');
});

test.each([
  ['none', 'u:1-7', ''],
  ['some', 'u:1-9', 'u:8-9'],
])('an instance answers lacks with the GTIDs of the request that it does not have: %s', async (_, gtids, missing) => {
  const { sandbox } = await healthy();
  expect(await ask(sandbox.ip, `lacks 0: ${gtids}`)).toBe(`lacks|mysql-1|${missing}|\n`);
});

test('an instance does not answer lacks while mysqld is down', async () => {
  const { sandbox } = await healthy();
  sandbox.remove('server/state');
  expect(await ask(sandbox.ip, 'lacks 0: u:1-7')).not.toContain('lacks|');
});

test('an instance denies a peer without a valid proof, and starts no backup', async () => {
  const { sandbox } = await healthy();
  expect(await ask(sandbox.ip, 'clone', 'of nobody')).toBe('denied\n');
  expect(sandbox.has('log')).toBe(false);
});
