import { Initialize } from '../../../lib';
import { failures, kills, tryFaults } from '../sandbox/faults';
import { Peer, states } from '../sandbox/peer';
import { rendered } from '../sandbox/rendered';
import { newIp, RunOptions, Sandbox } from '../sandbox/sandbox';
import { secret } from '../sandbox/secret';

const cluster = rendered({ replicas: 2, initialize: Initialize.adopt() });

/** Files that the tutorial's server leaves on a volume. */
const DATABASE = {
  'mnt/data/mysql/auto.cnf': '[auto]',
  'mnt/data/mysql/ibdata1': 'theirs',
  'mnt/data/mysql/mysql-0-bin.index': './mysql-0-bin.000001',
  'mnt/data/mysql/mysql-0-relay-bin.index': './mysql-0-relay-bin.000001',
};

function pod(ordinal: number, files: Record<string, string> = DATABASE): Sandbox {
  const sandbox = new Sandbox(cluster, ordinal);
  sandbox.setDnsForPods();
  sandbox.write({ ...secret(), ...files });
  return sandbox;
}

const mark = (sandbox: Sandbox) => sandbox.tree('mnt/data')['mysql/.complete'];

describe('the primary', () => {
  test('gets accounts, a cluster id and a mark, and keeps its rows', async () => {
    const sandbox = pod(0);
    const run = sandbox.start('init-mysql');
    expect([await run.code(), run.output]).toEqual([0, expect.stringContaining('adopted as cluster ')]);
    expect(mark(sandbox)).toMatch(/^origin=adopted on mysql-0\ncluster=[-0-9a-f]{36}\ngtids=\ninstance=mysql-0\n$/);
    expect(sandbox.read('mnt/data/mysql/ibdata1')).toBe('theirs');
    const sql = sandbox.read('mnt/data/mysql/sql');
    expect(sql).toContain('SET sql_log_bin = 0; FLUSH PRIVILEGES;\n');
    expect(sql).toContain("ALTER USER 'root'@'localhost' IDENTIFIED WITH caching_sha2_password BY 'of root' ");
    expect(sql).toContain("GRANT ALL ON *.* TO 'root'@'localhost' WITH GRANT OPTION;\n");
    expect(sql).toContain("ALTER USER IF EXISTS 'root'@'%' ACCOUNT LOCK;\n");
    expect(sql).toContain(`VALUES ('${mark(sandbox)!.split(/cluster=|\n/)[2]}');`);
    expect(sandbox.read('mnt/data/mysql/clean')).toBe('yes\n');
  });

  test('starts a temporary server that continues the last binary log, without GTIDs and without network', async () => {
    const sandbox = pod(0);
    await sandbox.start('init-mysql').code();
    const servers = sandbox.read('log').match(/^mysqld .*$/gm)!;
    expect(servers).toHaveLength(1);
    for (const option of [
      '--skip-grant-tables',
      '--gtid-mode=OFF',
      '--server-id=100',
      `--tmpdir=${sandbox.path('mnt/data/.temporary')}`,
      '--loose-upgrade=NONE',
      '--log-bin=mysql-0-bin',
      '--skip-networking',
    ])
      expect(servers[0]).toContain(` ${option}`);
    expect(servers[0].lastIndexOf('--log-bin')).toBeGreaterThan(servers[0].indexOf('--skip-log-bin'));
  });

  const CHECK = 'Error\tIncorrect information';
  test.each<[string, Record<string, string>, RunOptions['env'], string]>([
    [
      'a clone that was not prepared',
      { 'mnt/data/mysql/xtrabackup_checkpoints': 'backup_type = full-backuped' },
      {},
      'according to xtrabackup_checkpoints it is a clone that was not prepared',
    ],
    ['an incomplete clone', { 'mnt/data/mysql/xtrabackup_logfile': '' }, {}, 'it is a part of a clone'],
    [
      'files that mysqld does not start on',
      {},
      { CORRUPT: 'yes' },
      'no server of this version starts with these settings on',
    ],
    ['an incomplete first start', {}, { SIGNS: '0' }, "neither root@'%' nor a database"],
    ['tables of MyISAM', {}, { ENGINES: 'a.b (MyISAM)\nc.d (CSV)' }, 'ENGINE = InnoDB: a.b (MyISAM), c.d (CSV)'],
    ['a table that crashes mysqld', {}, { CRASH: 'yes' }, 'CHECK TABLE failed; see the log above'],
    ['a table with errors', {}, { CHECK }, 'CHECK TABLE found errors: app.numbers'],
  ])('refuses %s', async (_, files, env, reason) => {
    const sandbox = pod(0, { ...DATABASE, ...files });
    const run = sandbox.start('init-mysql', { env });
    expect(await run.code()).toBe(1);
    expect(run.output).toContain('REFUSED: ');
    expect(run.output).toContain(reason);
    expect(run.output).toContain('Nothing was changed.');
    expect(mark(sandbox)).toBeUndefined();
    if (sandbox.tree('mnt/data/mysql').sql && !env?.CRASH) expect(sandbox.read('mnt/data/mysql/clean')).toBe('yes\n');
  });

  test('refuses a database without a sign that a server has ever run on it', async () => {
    const sandbox = pod(0, { 'mnt/data/mysql/ibdata1': 'half' });
    const run = sandbox.start('init-mysql');
    expect([await run.code(), run.output]).toEqual([1, expect.stringContaining('no server has ever run on it')]);
    expect(sandbox.tree('mnt/data')).toEqual({ mysql: undefined, 'mysql/ibdata1': 'half' });
  });

  test('refuses a database next to a complete staging directory', async () => {
    const sandbox = pod(0, { ...DATABASE, 'mnt/data/mysql.staging/.complete': 'origin=o\ncluster=c-1\ngtids=\n' });
    const before = sandbox.tree('mnt/data');
    const run = sandbox.start('init-mysql');
    expect([await run.code(), run.output]).toEqual([
      1,
      expect.stringContaining('REFUSED: the volume holds a database'),
    ]);
    expect(sandbox.tree('mnt/data')).toEqual(before);
  });

  test('refuses an empty volume', async () => {
    const run = pod(0, {}).start('init-mysql');
    expect(await run.code()).toBe(1);
    expect(run.output).toContain('REFUSED: the volume is empty, and initialize is set to adopt');
  });

  test('has no mark or a complete database after a kill at any moment, and the next start finishes with the same cluster id', async () => {
    const clean = pod(0);
    expect(await clean.start('init-mysql', { steps: true }).code()).toBe(0);
    const problems = await tryFaults(kills(clean.steps()), async (fault) => {
      const sandbox = pod(0);
      expect(await sandbox.start('init-mysql', { fault }).code()).toBe(null);
      const [, writtenId = ''] = /^REPLACE INTO .*'(.*)'/m.exec(sandbox.tree('mnt/data')['mysql/sql'] ?? '') ?? [];
      if (mark(sandbox)) expect(sandbox.read('mnt/data/mysql/clean')).toBe('yes\n');
      const next = sandbox.start('init-mysql');
      expect([await next.code(), next.output]).toEqual([0, expect.anything()]);
      expect(mark(sandbox)).toContain(`cluster=${writtenId}`);
    });
    expect(problems).toEqual([]);
  });

  test('has no mark or a complete database after a command has failed', async () => {
    const clean = pod(0);
    expect(await clean.start('init-mysql', { steps: true }).code()).toBe(0);
    const problems = await tryFaults(failures(clean.steps()), async (fault) => {
      const sandbox = pod(0);
      const code = await sandbox.start('init-mysql', { fault }).code();
      if (code === 0 || mark(sandbox)) expect(sandbox.read('mnt/data/mysql/clean')).toBe('yes\n');
      if (code === 0) expect(mark(sandbox)).toMatch(/\ncluster=[-0-9a-f]{36}\n/);
    });
    expect(problems).toEqual([]);
  });
});

describe('a replica', () => {
  const open = states.open('mysql-0', 'c-1');

  async function replicaOf(state: string, files: Record<string, string> = DATABASE): Promise<[Sandbox, Peer]> {
    const sandbox = pod(1, files);
    const primary = await Peer.start(newIp(), { state });
    sandbox.setDnsForPods({ 'mysql-0': primary.ip });
    return [sandbox, primary];
  }

  test('leaves its volume unchanged until the primary is open', async () => {
    const [sandbox, primary] = await replicaOf(states.closed('mysql-0', 'c-1'));
    const before = sandbox.tree('mnt/data');
    const run = sandbox.start('init-mysql');
    await run.waitForOutput('waiting until mysql-0 is adopted, and changing nothing before: it is not open');
    expect(sandbox.tree('mnt/data')).toEqual(before);
    primary.answers = { state: open };
    expect(await run.code()).toBe(0);
  });

  test('names the command that replaces the old pod of a primary that does not answer', async () => {
    const sandbox = pod(1);
    await sandbox.start('init-mysql').waitForOutput('If its pod is still the old one: kubectl delete pod -l app=mysql');
  });

  test.each<[string, Record<string, string>]>([
    ['complete as far as one can see', DATABASE],
    ['according to xtrabackup_logfile .*', { ...DATABASE, 'mnt/data/mysql/xtrabackup_logfile': '' }],
    ['complete as far as one can see', { ...DATABASE, 'mnt/data/mysql/xtrabackup_info': 'partial = N' }],
    ['no server has ever run on it: .*', { 'mnt/data/mysql/ibdata1': 'half' }],
  ])('keeps its old copy, and describes it: %s', async (what, files) => {
    const [sandbox] = await replicaOf(open, files);
    const run = sandbox.start('init-mysql');
    expect(await run.code()).toBe(0);
    expect(run.output).toMatch(new RegExp(`the old copy \\(${what}\\) is kept as mysql.before-adoption, \\d+ MiB`));
    expect(run.output).toContain('clone-mysql will fill it');
    for (const [path, text] of Object.entries(files))
      expect(sandbox.read(path.replace('/mysql/', '/mysql.before-adoption/'))).toBe(text);
  });

  test('refuses a volume with two databases without a mark, and moves neither', async () => {
    const [sandbox] = await replicaOf(open, { ...DATABASE, 'mnt/data/mysql.before-adoption/ibdata1': 'older' });
    const before = sandbox.tree('mnt/data');
    const run = sandbox.start('init-mysql');
    expect(await run.code()).toBe(1);
    expect(run.output).toContain("REFUSED: the volume holds two databases without this cluster's mark");
    expect(sandbox.tree('mnt/data')).toEqual(before);
  });
});
