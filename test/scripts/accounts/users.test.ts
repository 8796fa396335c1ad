import { execFileSync } from 'child_process';
import { Duration } from 'cdk8s';
import { Grant, Password, UserProps } from '../../../lib';
import { rendered } from '../sandbox/rendered';
import { runningPod, startPeers, statements } from '../sandbox/running-pod';
import { Sandbox } from '../sandbox/sandbox';

const SECRET = `it's \\ "secret"`;
const QUOTED = `'it''s \\\\ "secret"'`;
const OPTIONS = 'REQUIRE NONE WITH MAX_USER_CONNECTIONS 0';
const user: UserProps = {
  name: 'shop',
  password: Password.fromKey('shop-password', { keepOld: Duration.minutes(1) }),
  grants: [Grant.of(['SELECT', 'INSERT'], { database: 'shop' })],
};
const GRANTED = 'SELECT ON `shop`.*\nINSERT ON `shop`.*\n';

/** The hash of a password as the mark of an account has it. */
const hashOf = (password: string) =>
  execFileSync('openssl', ['passwd', '-5', '-salt', 'abcdef', '-stdin'], { input: password, encoding: 'utf8' }).trim();

/** What the server says of an account. */
const row = (hash: string, { options = OPTIONS, locked = 'N', hasSecond = 0, age = 0 } = {}) =>
  `${options}|${hash}|${locked}|${hasSecond}|${age}\n`;

/** A new version of the Secret, as the kubelet delivers it. */
function deliver(pod: Sandbox, passwords: Record<string, string>, version = '1'): void {
  pod.remove('mnt/secret');
  pod.mkdir(`mnt/secret/..2026_${version}`);
  pod.write(Object.fromEntries(Object.entries(passwords).map(([key, text]) => [`mnt/secret/${key}`, text])));
}

/** A primary that is about to open, with a server that has these files. */
async function primary(users: UserProps[], server: Record<string, string> = {}, databases: string[] = []) {
  const pod = runningPod(0, { executed: 'u:1-3' }, {}, rendered({ users, databases }));
  deliver(pod, { 'shop-password': SECRET });
  pod.write(Object.fromEntries(Object.entries(server).map(([file, text]) => [`server/${file}`, text])));
  pod.setUptime(1000);
  await startPeers(pod, {});
  const run = pod.start('xtrabackup');
  return { pod, run };
}

/** The statements on accounts and databases, without the hashes of passwords. */
const changes = (pod: Sandbox) =>
  statements(pod)
    .filter(
      (statement) => /^(CREATE|ALTER|GRANT|REVOKE|DROP) /.test(statement) && !statement.includes('replicated_mysql.'),
    )
    .map((statement) => statement.replace(/\$5\$[^"]*/, 'HASH'));

const opened = async (run: Awaited<ReturnType<typeof primary>>['run']) => run.waitForOutput(' ready (open)');
const MARK = `'{"replicatedMysql": {"options": "${OPTIONS}", "password": "HASH"}}'`;

describe('an open primary', () => {
  test('makes databases and accounts', async () => {
    const { pod, run } = await primary([user], { databases: '`shop`\n' }, ['shop', 'a`b']);
    await run.waitForOutput("'shop'@'%' may SELECT, INSERT ON `shop`.*");
    expect(changes(pod)).toEqual([
      'CREATE DATABASE IF NOT EXISTS `a``b`',
      `CREATE USER 'shop'@'%' IDENTIFIED BY ${QUOTED} ${OPTIONS} ATTRIBUTE ${MARK}`,
      "GRANT SELECT, INSERT ON `shop`.* TO 'shop'@'%';",
    ]);
    expect(run.output).toContain("made the account 'shop'@'%'");
    expect(run.output).not.toContain('secret"');
  });

  test('changes nothing of an account that is as the code says', async () => {
    const { pod, run } = await primary([user], { user: row(hashOf(SECRET)), privileges: GRANTED });
    await opened(run);
    pod.setUptime(2000);
    await run.waitUntil('another look', () => pod.read('var/run/mysqld/judged') === '2000\n');
    expect(changes(pod)).toEqual([]);
  });

  test('gives and takes roles, and has each session use them', async () => {
    const account = { ...user, roles: ['same', 'unused', "new's"] };
    const roles = "'same'@'%'\n'unused'@'%' unused\n'old'@'%'\n";
    const { pod, run } = await primary([account], { user: row(hashOf(SECRET)), privileges: GRANTED, roles });
    await run.waitForOutput(
      "'shop'@'%' has the role 'unused'@'%', has the role 'new\\'s'@'%', has the role 'old'@'%' no more",
    );
    expect(changes(pod)).toEqual([
      "GRANT 'unused'@'%' TO 'shop'@'%';GRANT 'new\\'s'@'%' TO 'shop'@'%';REVOKE 'old'@'%' FROM 'shop'@'%'; SET DEFAULT ROLE ALL TO 'shop'@'%'",
    ]);
  });

  test('follows the Secret, and keeps the old password for a while', async () => {
    const { pod, run } = await primary([user], { user: row(hashOf(SECRET)), privileges: GRANTED });
    await opened(run);
    deliver(pod, { 'shop-password': 'new' }, '2');
    await run.waitForOutput(
      "changed the password of 'shop'@'%' to the one in the Secret; the old one stays valid for 60 s",
    );
    pod.write({ 'server/user': row(hashOf('new'), { hasSecond: 1, age: 59 }) });
    pod.setUptime(1060);
    await run.waitUntil('another look', () => pod.read('var/run/mysqld/judged') === '1060\n');
    pod.write({ 'server/user': row(hashOf('new'), { hasSecond: 1, age: 60 }) });
    pod.setUptime(1061);
    await run.waitForOutput("the old password of 'shop'@'%' is not valid any more");
    expect(changes(pod)).toEqual([
      `ALTER USER 'shop'@'%' IDENTIFIED BY 'new' RETAIN CURRENT PASSWORD ${OPTIONS} ACCOUNT UNLOCK ATTRIBUTE ${MARK}`,
      "ALTER USER 'shop'@'%' DISCARD OLD PASSWORD",
    ]);
  });

  test.each([
    ['options', { options: 'REQUIRE SSL WITH MAX_USER_CONNECTIONS 0' }],
    ['a lock', { locked: 'Y' }],
  ])('undoes %s that the code does not have', async (_, is) => {
    const { pod, run } = await primary([user], { user: row(hashOf(SECRET), is), privileges: GRANTED });
    await run.waitForOutput(`changed 'shop'@'%' to ${OPTIONS}`);
    expect(changes(pod)).toEqual([`ALTER USER 'shop'@'%' ${OPTIONS} ACCOUNT UNLOCK ATTRIBUTE ${MARK}`]);
  });

  test('takes privileges away that are not in the code', async () => {
    const more = 'PROCESS ON *.*\nGRANT OPTION ON `shop`.*\n';
    const { pod, run } = await primary([user], { user: row(hashOf(SECRET)), privileges: GRANTED + more });
    await run.waitForOutput("'shop'@'%' may not PROCESS ON *.* any more, may not GRANT OPTION ON `shop`.* any more");
    expect(changes(pod)).toEqual([
      "REVOKE PROCESS ON *.* FROM 'shop'@'%';REVOKE GRANT OPTION ON `shop`.* FROM 'shop'@'%';",
    ]);
  });

  test('takes all privileges on a database for what the server makes of them', async () => {
    const owner = { ...user, grants: [Grant.owner('shop')] };
    const { pod, run } = await primary([owner], {
      user: row(hashOf(SECRET)),
      privileges: `${GRANTED}DROP ON \`shop\`.*\n`,
    });
    await run.waitUntil('a grant', () => changes(pod).length > 0);
    expect(changes(pod)).toEqual(["GRANT ALL PRIVILEGES ON `shop`.* TO 'shop'@'%';"]);
    expect(run.output).not.toContain('may');
  });

  test('touches no account that it did not make', async () => {
    const { pod, run } = await primary([user], { user: row('', { options: 'none' }) });
    await run.waitForOutput("cannot keep the account 'shop'@'%': it exists, and not by the prop users.");
    await opened(run);
    expect(changes(pod)).toEqual([]);
  });

  test('locks an account that is not in the code any more', async () => {
    const server = { user: row(hashOf(SECRET)), privileges: GRANTED, unlocked: "'shop'@'%'\n'old'@'%'\n" };
    const { pod, run } = await primary([user], server);
    await run.waitForOutput("locked the account 'old'@'%', which is not in the code any more.");
    expect(changes(pod)).toEqual(["ALTER USER 'old'@'%' ACCOUNT LOCK"]);
  });

  test('locks them all when no account is left', async () => {
    const { pod, run } = await primary([], { unlocked: "'old'@'%'\n" });
    await run.waitForOutput("locked the account 'old'@'%'");
    expect(changes(pod)).toEqual(["ALTER USER 'old'@'%' ACCOUNT LOCK"]);
  });
});

describe('a password that is not whole changes nothing, and names its key', () => {
  test.each([
    ['is missing', {}],
    ['is empty', { 'shop-password': '' }],
    ['contains a control character, perhaps a newline at its end', { 'shop-password': 'new\n' }],
  ])('it %s', async (why, secret) => {
    const { pod, run } = await primary([user], { user: row(hashOf(SECRET)), privileges: GRANTED });
    await opened(run);
    deliver(pod, secret, '2');
    await run.waitForOutput(`cannot keep the account 'shop'@'%': key shop-password of the Secret ${why}. Trying again`);
    expect(changes(pod)).toEqual([]);
  });
});

test('what is wrong with one account keeps no other from its work', async () => {
  const missing = { ...user, name: 'report', password: Password.fromKey('report-password') };
  const { pod, run } = await primary([missing, user]);
  await run.waitForOutput("'shop'@'%' may SELECT");
  expect(changes(pod)).toHaveLength(2);
});
