import { execFileSync } from 'child_process';
import { readdirSync } from 'fs';
import { readToEnd, sendRequest } from '../sandbox/client';
import { DENIED } from '../sandbox/peer';
import { byXtrabackup, rendered, Rendered } from '../sandbox/rendered';
import {
  answersOf,
  CONFIGURED,
  REPLICATED,
  runningPod,
  RUNNING,
  startPeers,
  statements,
  stateOf,
} from '../sandbox/running-pod';
import { Run, Sandbox } from '../sandbox/sandbox';
import { secret } from '../sandbox/secret';

const OPEN = stateOf('mysql-0', { mode: 'open', executed: 'u:1-7' });
const HASH = execFileSync('openssl', ['passwd', '-5', '-salt', 'abcdef', 'of nobody'], { encoding: 'utf8' }).trim();
const OWN = ['root', 'replication', 'backup', 'probe'];

/** What the server says of one of the cluster's accounts. */
const row = (hash: string, { hasSecond = 0, age = 0 } = {}) => `none|${hash}|N|${hasSecond}|${age}\n`;
const accounts = (one: string) => Object.fromEntries(OWN.map((account) => [`server/own-${account}`, one]));

/** A new version of the Secret, as the kubelet delivers it: the scripts see the directory last. */
function deliver(pod: Sandbox, passwords: Parameters<typeof secret>[0], version = 1): void {
  for (const account of OWN) pod.remove(`mnt/delivered/${account}-password`);
  const files = Object.entries(secret(passwords)).filter(([path]) => path.startsWith('mnt/delivered/'));
  pod.write(Object.fromEntries(files));
  pod.mkdir(`mnt/delivered/..2026_${version}`);
}

const kept = (pod: Sandbox) =>
  Object.fromEntries(
    readdirSync(pod.path('mnt/credentials'))
      .filter((name) => name.endsWith('-password'))
      .map((name) => [name.replace('-password', ''), pod.read(`mnt/credentials/${name}`)]),
  );
const FIRST = { root: 'of root', replication: 'of replication', backup: 'the password of backup', probe: 'of probe' };
const NEW = {
  root: 'new root',
  replication: 'new replication',
  backup: 'another password of backup',
  probe: 'new probe',
};

/** Resolves once the sidecar has taken the new passwords over; that of root comes last. */
const taken = (pod: Sandbox, run: Run) =>
  run.waitUntil('the new passwords', () => pod.has('mnt/credentials/root-new-password') || kept(pod).root === NEW.root);

async function primary(server: Record<string, string> = {}) {
  const pod = runningPod(0, { executed: 'u:1-3' });
  pod.write(server);
  pod.setUptime(1000);
  await startPeers(pod, {});
  const run = pod.start('xtrabackup');
  await run.waitForOutput(' ready (open)');
  return { pod, run };
}

async function replica(cluster?: Rendered, env?: Record<string, string>) {
  const pod = runningPod(1, { executed: 'u:1-5', threads: RUNNING, configuration: CONFIGURED }, REPLICATED, cluster);
  pod.setUptime(1000);
  const [peer] = await startPeers(pod, { 'mysql-0': OPEN });
  const run = pod.start('xtrabackup', { env });
  await run.waitForOutput(' ready (replicating)');
  const look = async (uptime: number) => {
    pod.setUptime(uptime);
    await run.waitUntil('another look', () => pod.read('var/run/mysqld/judged') === `${uptime}\n`);
  };
  return { pod, peer, run, look };
}

/** The statements on accounts, without the hashes of passwords. */
const changes = (pod: Sandbox) =>
  statements(pod)
    .filter((statement) => statement.startsWith('ALTER USER '))
    .map((statement) => statement.replace(/ ATTRIBUTE .*\$5\$[^"]*"}}'/, ' MARK'));

describe('the open primary', () => {
  test('changes the four passwords, keeps the old ones for ten minutes, and then ends them', async () => {
    const { pod, run } = await primary({ ...accounts(row(HASH)), 'server/only': 'of root' });
    deliver(pod, NEW);
    await run.waitForOutput(
      "changed the password of 'probe'@'127.0.0.1' to the one in the Secret; the old one stays valid for 600 s",
    );
    expect(changes(pod).slice(-4)).toEqual([
      "ALTER USER 'root'@'localhost' IDENTIFIED BY 'new root' RETAIN CURRENT PASSWORD MARK",
      "ALTER USER 'replication'@'%' IDENTIFIED BY 'new replication' RETAIN CURRENT PASSWORD MARK",
      "ALTER USER 'backup'@'%' IDENTIFIED BY 'another password of backup' RETAIN CURRENT PASSWORD MARK",
      "ALTER USER 'probe'@'127.0.0.1' IDENTIFIED BY 'new probe' RETAIN CURRENT PASSWORD MARK",
    ]);
    expect(kept(pod).root).toBe('of root'); // the server refuses the new one
    pod.write({ 'server/only': 'new root' });
    pod.setUptime(1010);
    await run.waitForOutput('the server takes the new password of root');
    const [, mark] = /"password": "([^"]+)"/.exec(statements(pod).at(-1)!)!;
    pod.remove('server/own-root');
    pod.remove('server/own-replication');
    pod.write({ 'server/own-backup': '', 'server/own-probe': row(mark, { hasSecond: 1, age: 600 }) });
    pod.setUptime(1600);
    await run.waitForOutput("the old password of 'probe'@'127.0.0.1' is not valid any more");
    expect(changes(pod).at(-1)).toBe("ALTER USER 'probe'@'127.0.0.1' DISCARD OLD PASSWORD");
    expect(run.output).not.toMatch(/new (root|probe)'/);
  });

  test('gives accounts without a mark the password of the Secret, and says nothing', async () => {
    const { pod, run } = await primary(accounts(row('')));
    await run.waitUntil('the last one', () => changes(pod).length === 4);
    expect(changes(pod)[1]).toBe("ALTER USER 'replication'@'%' IDENTIFIED BY 'of replication' MARK");
    expect(run.output).not.toContain('changed the password');
  });

  test('ends the old password of root with one that replicas have as well', async () => {
    const hash = execFileSync('openssl', ['passwd', '-5', '-salt', 'abcdef', 'of root'], { encoding: 'utf8' }).trim();
    const { pod, run } = await primary({ 'server/own-root': row(hash, { hasSecond: 1, age: 601 }) });
    await run.waitForOutput("the old password of 'root'@'localhost' is not valid any more");
    expect(changes(pod)).toEqual([
      "ALTER USER 'root'@'localhost' IDENTIFIED BY 'of root'",
      "ALTER USER 'root'@'localhost' DISCARD OLD PASSWORD",
    ]);
  });
});

describe('a Secret that is not whole changes nothing, and its key and remedy are said:', () => {
  test.each<[string, Parameters<typeof secret>[0]]>([
    ['key probe-password is missing', { ...NEW, probe: undefined }],
    ['key backup-password is empty', { ...NEW, backup: '' }],
    ['key root-password contains a control character, perhaps a newline at its end', { ...NEW, root: 'sesame\n' }],
    [
      'key replication-password has more than 32 bytes, the most that MySQL takes for replication',
      { ...NEW, replication: 'sesame'.repeat(6) },
    ],
  ])('%s', async (why, passwords) => {
    const { pod, run, look } = await replica();
    deliver(pod, passwords);
    await run.waitForOutput(
      `the Secret mysql is not whole, so all passwords stay as they are: ${why}. kubectl patch secret mysql `,
    );
    await look(1002);
    expect(kept(pod)).toEqual(FIRST);
    expect(run.output).not.toMatch(/sesame|unready/);
    deliver(pod, NEW, 2);
    await run.waitUntil('the whole one', () => kept(pod).probe === NEW.probe);
  });
});

describe('a replica', () => {
  test('uses new passwords at once, but that of root once its server takes it, and forgets that of backup after ten minutes', async () => {
    const { pod, run, look } = await replica();
    pod.write({ 'server/only': 'of root' });
    deliver(pod, NEW);
    await taken(pod, run);
    const before = {
      'replication-before': FIRST.replication,
      'backup-before': FIRST.backup,
    };
    expect(kept(pod)).toEqual({ ...NEW, ...before, root: 'of root', 'root-new': 'new root' });
    for (const uptime of [1010, 1020, 1210]) await look(uptime); // a look that has begun may have seen the last time
    await run.waitForOutput(
      'the server still refuses the password of root in the Secret, so this container goes on with the one before: ',
    );
    pod.write({ 'server/only': 'new root' });
    await look(1220);
    await run.waitForOutput('the server takes the new password of root');
    expect(kept(pod)).toEqual({ ...NEW, ...before });
    pod.setUptime(1602);
    await run.waitUntil('the end', () => !('backup-before' in kept(pod)));
    expect(kept(pod)).toEqual({ ...NEW, 'replication-before': FIRST.replication });
    expect(run.output).not.toContain('unready');
  });

  test('replicates with the password before while the primary does not have the new one', async () => {
    const pod = runningPod(1, { executed: 'u:1-5', configuration: CONFIGURED }, REPLICATED);
    pod.write({ 'server/accepts': 'of replication', 'mnt/credentials/replication-before-password': 'of replication' });
    pod.write({
      'mnt/credentials/replication-password': 'new replication',
      'mnt/delivered/replication-password': 'new replication',
    });
    await startPeers(pod, { 'mysql-0': OPEN });
    const run = pod.start('xtrabackup');
    await run.waitForOutput(' ready (replicating)');
    expect(run.output).not.toContain('Access denied');
  });

  test('asks with the password before when a peer denies the new one', async () => {
    const { pod, peer, run, look } = await replica();
    deliver(pod, NEW);
    await taken(pod, run);
    peer.password = FIRST.backup;
    let denials = 0;
    peer.answers = {
      ...answersOf('mysql-0', {}),
      state: (connection, prove) => {
        denials += 1;
        if (denials % 2) DENIED(connection, prove);
        else connection.end(prove(OPEN));
      },
    };
    await look(1400); // the next question is due
    await run.waitUntil('two questions', () => denials === 2);
    await look(1402);
    expect(run.output).not.toMatch(/nonsense|unready/);
  });

  test('answers peers that have the new password, and for a while those that have the one before', async () => {
    const { pod, run, look } = await replica(byXtrabackup(), { LISTEN: 'yes', SLEEP: '1' });
    const ask = async (password: string) => readToEnd(await sendRequest(pod.ip, 'state', password));
    deliver(pod, NEW);
    await taken(pod, run);
    for (const password of [NEW.backup, FIRST.backup])
      expect(await ask(password)).toMatch(/^[0-9a-f]{64} state\|mysql-1\|/);
    expect(await ask('')).toBe('denied\n');
    expect(run.output).toContain('denied: ');
    for (const uptime of [1602, 1604]) await look(uptime);
    expect(await ask(FIRST.backup)).toBe('denied\n');
  });
});

test('a server starts with the password of root that its pod has', async () => {
  const pod = new Sandbox(rendered(), 0);
  pod.write({ ...secret({ root: `it's \\ new` }), 'var/lib/mysql/.complete': '', 'mnt/data/mysql/.complete': '' });
  pod.write({ 'mnt/data/mysql/ibdata1': '', 'mnt/data/mysql/state': 'state', 'server/statements': '' });
  pod.mkdir('var/run/mysqld');
  const run = pod.start('mysql');
  await run.waitUntil('the server', () => pod.has('server/pid')); // which it writes once it has read the file
  expect(pod.read('server/init-file')).toBe(
    `SET NAMES utf8mb4;\nSET SESSION sql_log_bin = 0, sql_mode = '';\nALTER USER IF EXISTS 'root'@'localhost' IDENTIFIED BY 'it''s \\\\ new';\n`,
  );
  expect(pod.read('log')).not.toContain('new');
});
