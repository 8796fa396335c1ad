import { Credentials } from '../../../lib';
import { rendered } from '../sandbox/rendered';
import { Sandbox } from '../sandbox/sandbox';
import { secret } from '../sandbox/secret';

const cluster = rendered({ replicas: 1, credentials: Credentials.fromSecret('vault', { probe: 'check' }) });

const ACCOUNTS = ['root', 'replication', 'backup', 'probe'];

/** The pod of an empty primary. `passwords` replace those in its Secret. */
function primary(passwords: Parameters<typeof secret>[0]): Sandbox {
  const sandbox = new Sandbox(cluster, 0);
  sandbox.setDnsForPods();
  sandbox.write(secret(passwords));
  return sandbox;
}

describe('the primary initializes nothing, and its message names the key but never the password, while the Secret has', () => {
  test.each<[string, Parameters<typeof secret>[0], string]>([
    ['a key missing', { backup: undefined }, 'key backup-password is missing'],
    ['a key with a custom name missing', { probe: undefined }, 'key check is missing'],
    ['an empty password', { replication: '' }, 'key replication-password is empty'],
    ['a password with a newline at the end', { root: 'sesame\n' }, 'key root-password contains a control character'],
    ['a password with a NUL', { root: 'ses\0ame' }, 'key root-password contains a control character'],
    ['a password with a tab', { probe: 'ses\tame' }, 'key check contains a control character'],
    [
      'a password with an escape character',
      { backup: 'sesame\x1b[0m' },
      'key backup-password contains a control character',
    ],
    ['a password with a DEL', { backup: '\x7fsesame' }, 'key backup-password contains a control character'],
    [
      'a replication password of 33 bytes',
      { replication: 'sesame'.padEnd(33, 'x') },
      'key replication-password has more than 32 bytes',
    ],
    [
      'a replication password of 32 letters and 33 bytes',
      { replication: 'ßesame'.padEnd(32, 'x') },
      'key replication-password has more than 32 bytes',
    ],
  ])('%s', async (_, passwords, reason) => {
    const sandbox = primary(passwords);
    const run = sandbox.start('init-mysql');
    await run.waitForOutput(`waiting for the Secret vault: ${reason}`);
    const [, key] = reason.split(' ');
    expect(run.output).toContain(`kubectl patch secret vault --patch '{"stringData":{"${key}":"..."}}'`);
    expect(run.output).not.toMatch(/[sß]es(ame)?/);
    expect(sandbox.tree('mnt/data')).toEqual({});
    sandbox.write(secret());
    expect(await run.code()).toBe(0);
    expect(sandbox.tree('mnt/data')).toHaveProperty(['mysql/.complete']);
  });
});

describe('a backup password that is easy to guess', () => {
  const EASY = ['0123456789abcde', 'abcde'.repeat(9), 'ß'.repeat(16)];

  test.each(EASY)('is refused before the first initialization: %s', async (backup) => {
    const sandbox = primary({ backup });
    const run = sandbox.start('init-mysql');
    expect(await run.code()).toBe(1);
    expect(run.output).toContain('REFUSED: the backup password is easy to guess: ');
    expect(run.output).toMatch(
      /kubectl patch secret vault --patch '{"stringData":{"\S+":"'\$\(openssl rand -hex 16\)'"}}'/,
    );
    expect(run.output).not.toContain(backup);
    expect(sandbox.tree('mnt/data')).toEqual({});
  });

  test.each(EASY)('only gets a warning where there is data: %s', async (backup) => {
    const sandbox = primary({ backup });
    sandbox.write({ 'mnt/data/mysql/.complete': 'origin=o\ncluster=c-1\ngtids=\n' });
    const run = sandbox.start('init-mysql');
    expect(await run.code()).toBe(0);
    expect(run.output.match(/WARNING: the backup password is easy to guess/g)).toHaveLength(1);
  });

  test('is one with fewer than 16 bytes, or fewer than 6 different ones', async () => {
    const run = primary({ backup: 'abcdef'.repeat(3) }).start('init-mysql');
    expect(await run.code()).toBe(0);
    expect(run.output).not.toContain('easy to guess');
  });
});

test('without a Secret, the message has the command that creates one', async () => {
  const sandbox = primary(Object.fromEntries(ACCOUNTS.map((account) => [account, undefined])));
  const run = sandbox.start('init-mysql');
  await run.waitForOutput(
    'waiting for the Secret vault: key root-password is missing. kubectl create secret generic vault ',
  );
  expect(run.output).toContain('--from-literal=root-password=... --from-literal=replication-password=... ');
  expect(run.output).toContain('--from-literal=check=...');
  sandbox.write(secret());
  expect(await run.code()).toBe(0);
});

async function expectArrival(password: string, env?: Record<string, string>): Promise<void> {
  const backup = `${password}, hard to guess ${password}`;
  const sandbox = primary({ root: password, backup, probe: password });
  expect(await sandbox.start('init-mysql', { env }).code()).toBe(0);

  const sql = sandbox.read('mnt/data/mysql/sql');
  const arrived = [`'root'@'localhost'`, `'backup'@'%'`, `'probe'@'127.0.0.1'`].map((account) => {
    const [, text] = sql.split(`ALTER USER ${account} IDENTIFIED WITH caching_sha2_password BY `);
    return sqlString(text.replace(/( REQUIRE SSL)? PASSWORD EXPIRE [^]*/, ''));
  });
  expect(arrived).toEqual([password, backup, password]);
  await sandbox.start('mysql livenessProbe exec', { env }).code();
  expect(optionOf(sandbox.read('login'), 'password')).toBe(password);
}

describe('the server and the option file get any printable password unchanged:', () => {
  test.each([
    ['quotes', `'single' "double" \`back\``],
    ['backslashes', '\\ \\\\ \\n \\t \\s \\0 \\%'],
    ['a backslash at the end', 'end\\'],
    ['a quote at the end', `end'`],
    ['expansions of the shell', '$HOME $(id) ${x} `id` !! ~ * ?'],
    ['comments of an option file', '#first ;second # third'],
    ['comments and the end of a statement in SQL', `--x /* y */ ; DROP DATABASE mysql; -- `],
    ['spaces at both ends', '  spaces  '],
    ['formats of printf', '%s %d %% \\x41'],
    ['patterns of sed', '&/|[a]^$'],
    ['letters of many scripts', 'пароль 密码 ñ 🐬'],
    ['one letter', 'x'],
    ['a dash', '-n'],
  ])('%s', (_, password) => expectArrival(password));

  test.each([
    ['quotes', `'single' "double"`],
    ['backslashes', '\\ \\\\ \\n'],
  ])('%s, in the bash of older images', (_, password) => expectArrival(password, { BASH_COMPAT: '4.2' }));

  test('32 bytes for replication, and 500 bytes for root', async () => {
    const sandbox = primary({ replication: 'ß'.repeat(16), root: 'x'.repeat(500) });
    expect(await sandbox.start('init-mysql').code()).toBe(0);
    expect(sandbox.read('mnt/data/mysql/sql')).toContain(`'replication'@'%' IDENTIFIED BY '${'ß'.repeat(16)}'`);
  });
});

test('passwords are in no argument and in no output', async () => {
  const sandbox = primary(Object.fromEntries(ACCOUNTS.map((account) => [account, `sesame of ${account}`])));
  const run = sandbox.start('init-mysql');
  expect(await run.code()).toBe(0);
  expect(sandbox.read('mnt/data/mysql/sql')).toContain('sesame of root');
  expect(run.output).not.toContain('sesame');
  expect(sandbox.read('log')).toContain('--init-file=/dev/stdin');
  expect(sandbox.read('log')).not.toContain('sesame');
});

test('with Credentials.insecure(), passwords are empty, and root may log in from anywhere', async () => {
  const sandbox = new Sandbox(rendered({ replicas: 1, credentials: Credentials.insecure() }), 0);
  sandbox.setDnsForPods();
  const run = sandbox.start('init-mysql');
  expect(await run.code()).toBe(0);
  expect(run.output).toContain('INSECURE: ');
  expect(sandbox.tree('mnt/credentials')).toEqual(
    Object.fromEntries(ACCOUNTS.map((account) => [`${account}-password`, ''])),
  );
  const sql = sandbox.read('mnt/data/mysql/sql');
  expect(sql).toContain("ALTER USER 'root'@'localhost' IDENTIFIED WITH caching_sha2_password BY '' ");
  expect(sql).toContain("CREATE USER IF NOT EXISTS 'root'@'%' IDENTIFIED BY '' ");
});

test('with a Secret, root may log in only inside the pod', async () => {
  const sandbox = primary({});
  expect(await sandbox.start('init-mysql').code()).toBe(0);
  expect(sandbox.read('mnt/data/mysql/sql')).not.toContain("'root'@'%'");
});

/** Parses a string literal as MySQL does. https://dev.mysql.com/doc/refman/8.4/en/string-literals.html */
function sqlString(literal: string): string {
  const [, text] = literal.match(/^'((?:''|\\.|[^'\\])*)'$/u) ?? [];
  if (text === undefined) throw new Error(`not one string: ${literal}`);
  const escapes: Record<string, string> = {
    n: '\n',
    t: '\t',
    r: '\r',
    b: '\b',
    '0': '\0',
    Z: '\x1a',
    '%': '\\%',
    _: '\\_',
  };
  return text.replace(/''|\\(.)/gu, (_, escaped?: string) =>
    escaped === undefined ? "'" : (escapes[escaped] ?? escaped),
  );
}

/** Reads the value of an option from an option file as MySQL's programs do. https://dev.mysql.com/doc/refman/8.4/en/option-files.html */
function optionOf(file: string, option: string): string {
  const [, text] = file.match(new RegExp(`^${option}="(.*)"$`, 'mu')) ?? [];
  if (text === undefined) throw new Error(`no quoted ${option}: ${file}`);
  const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', s: ' ' };
  return text.replace(
    /\\(.)/gu,
    (pair, escaped: string) => escapes[escaped] ?? (/["'\\]/.test(escaped) ? escaped : pair),
  );
}
