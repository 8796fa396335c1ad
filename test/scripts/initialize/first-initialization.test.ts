import { Initialize, MySqlVersion } from '../../../lib';
import { OWN_OPTIONS } from '../sandbox/own-options';
import { rendered } from '../sandbox/rendered';
import { failures, kills, tryFaults } from '../sandbox/faults';
import { Sandbox } from '../sandbox/sandbox';
import { secret } from '../sandbox/secret';

// A cluster of one instance has no peer to wait for. empty-primary.test.ts tests peers.
const byInitFile = rendered({ replicas: 1 });
/** Its servers cannot execute every statement while they initialize. */
const byTemporaryServer = rendered({ replicas: 1, version: MySqlVersion.of('8.0.42') });

const WAYS = [
  { way: 'an init file', cluster: byInitFile },
  { way: 'a temporary server', cluster: byTemporaryServer },
];

/** The pod of a primary with an empty volume and a complete Secret. */
function emptyPrimary(cluster = byInitFile): Sandbox {
  const sandbox = new Sandbox(cluster, 0);
  sandbox.setDnsForPods();
  sandbox.write(secret());
  return sandbox;
}

/** The files of a volume, with a placeholder for the cluster id. */
function volume(sandbox: Sandbox): Record<string, string | undefined> {
  const id = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
  return Object.fromEntries(
    Object.entries(sandbox.tree('mnt/data')).map(([path, content]) => [
      path,
      content?.replace(id, '(id)').replace(/^ +/gm, ''),
    ]),
  );
}

const expectNothingOrComplete = (sandbox: Sandbox) => {
  const data = Object.entries(volume(sandbox)).filter(([path]) => path.startsWith('mysql/'));
  if (data.length) expect(Object.fromEntries(data)).toEqual(initialized);
};

/** All files on the volume after a first initialization; there is no staging. */
const initialized: Record<string, string | undefined> = {
  'mysql/.complete': 'origin=initialized on mysql-0\ncluster=(id)\ngtids=\ninstance=mysql-0\n',
  'mysql/clean': 'yes\n', // mysqld shut down before the script marked the directory complete
  'mysql/ibdata1': 'pages\n',
  'mysql/mysql/user.ibd': 'tables\n',
  'mysql/sql': `USE mysql;
INSERT INTO time_zone VALUES (1);
CREATE USER IF NOT EXISTS 'root'@'localhost' IDENTIFIED BY 'of root' PASSWORD EXPIRE NEVER PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY;
ALTER USER 'root'@'localhost' IDENTIFIED WITH caching_sha2_password BY 'of root' PASSWORD EXPIRE NEVER PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY;
CREATE USER IF NOT EXISTS 'replication'@'%' IDENTIFIED BY 'of replication' PASSWORD EXPIRE NEVER PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY;
ALTER USER 'replication'@'%' IDENTIFIED WITH caching_sha2_password BY 'of replication' REQUIRE SSL PASSWORD EXPIRE NEVER PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY;
CREATE USER IF NOT EXISTS 'probe'@'127.0.0.1' IDENTIFIED BY 'of probe' PASSWORD EXPIRE NEVER PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY;
ALTER USER 'probe'@'127.0.0.1' IDENTIFIED WITH caching_sha2_password BY 'of probe' PASSWORD EXPIRE NEVER PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY;
CREATE USER IF NOT EXISTS 'backup'@'%' IDENTIFIED BY 'the password of backup' PASSWORD EXPIRE NEVER PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY;
ALTER USER 'backup'@'%' IDENTIFIED WITH caching_sha2_password BY 'the password of backup' REQUIRE SSL PASSWORD EXPIRE NEVER PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY;
GRANT BACKUP_ADMIN ON *.* TO 'backup'@'%';
GRANT REPLICATION SLAVE ON *.* TO 'replication'@'%';
CREATE DATABASE IF NOT EXISTS replicated_mysql;
CREATE TABLE IF NOT EXISTS replicated_mysql.cluster (id CHAR(36) PRIMARY KEY) ENGINE=InnoDB;
CREATE TABLE IF NOT EXISTS replicated_mysql.openings (number BIGINT UNSIGNED PRIMARY KEY, epoch CHAR(36) NOT NULL, opened DATETIME NOT NULL, executed LONGTEXT NOT NULL) ENGINE=InnoDB;
REPLACE INTO replicated_mysql.cluster VALUES ('(id)');
`,
};

const expectComplete = (sandbox: Sandbox) => {
  const { mysql, 'mysql/mysql': system, '.temporary': temporary, ...files } = volume(sandbox);
  expect([mysql, system, temporary]).toEqual([undefined, undefined, undefined]);
  expect(files).toEqual(initialized);
};

test.each(WAYS)(
  'an empty primary initializes its database by $way: accounts, time zones, cluster id',
  async ({ cluster }) => {
    const sandbox = emptyPrimary(cluster);
    const run = sandbox.start('init-mysql');
    expect(await run.code()).toBe(0);
    expectComplete(sandbox);
    const [, id] = sandbox.read('mnt/data/mysql/.complete').match(/^cluster=(.*)$/m)!;
    expect(run.output).toContain(`initialized cluster ${id}`);
    expect(sandbox.read('mnt/data/mysql/sql')).toContain(`REPLACE INTO replicated_mysql.cluster VALUES ('${id}');`);
  },
);

const servers = (sandbox: Sandbox) =>
  sandbox
    .read('log')
    .split('\n')
    .filter((line) => line.startsWith('mysqld '));

test('one start of the server makes all of it, without a binary log, so no GTID is used', async () => {
  const sandbox = emptyPrimary();
  await sandbox.start('init-mysql').code();
  expect(servers(sandbox)).toEqual([expect.stringContaining(' --skip-log-bin --read-only=OFF --super-read-only=OFF')]);
  expect(servers(sandbox)[0]).toContain(' --init-file=/dev/stdin --secure-file-priv= --initialize-insecure');
});

test('temporary servers have no network and write no binary log, so they use no GTID', async () => {
  const sandbox = emptyPrimary(byTemporaryServer);
  await sandbox.start('init-mysql').code();
  const [initialize, serve] = servers(sandbox);
  expect(initialize).toContain(' --initialize-insecure');
  expect(serve).toContain(' --skip-networking');
  // These servers have no server-id, which the binary log of 5.7 needs, and super-read-only would refuse every write.
  for (const server of [initialize, serve])
    expect(server).toContain(' --skip-log-bin --read-only=OFF --super-read-only=OFF');
});

test.each(WAYS)(
  'the servers of a first initialization by $way have only the settings that are part of a data directory',
  async ({ way }) => {
    const settings = {
      all: { lower_case_table_names: '1', innodb_page_size: '8K', max_connections: '9', innodb_doublewrite_pages: '4' },
      primary: { innodb_buffer_pool_size: '6G', sql_mode: 'ANSI' },
    };
    const version = MySqlVersion.of(way === 'an init file' ? '8.4' : '8.0.42');
    const sandbox = emptyPrimary(rendered({ replicas: 1, version, settings }));
    expect(await sandbox.start('init-mysql').code()).toBe(0);
    for (const server of servers(sandbox))
      expect(server).toContain(`--defaults-file=${sandbox.path('tmp/temporary.cnf')} `);
    expect(sandbox.read('tmp/temporary.cnf')).toBe(`${OWN_OPTIONS}lower-case-table-names=1
innodb-page-size=8K
`);
  },
);

test('the passwords are in no argument and in no file but the database', async () => {
  const sandbox = emptyPrimary();
  await sandbox.start('init-mysql').code();
  expect(sandbox.read('log')).not.toMatch(/of root|of replication|of probe|password of backup/);
  for (const [path, content] of Object.entries(sandbox.tree('tmp')))
    expect([path, content]).not.toEqual([path, expect.stringMatching(/of root|of replication|of probe|password of/)]);
});

test('the script syncs all file systems if sync cannot sync a single one', async () => {
  const sandbox = emptyPrimary();
  expect(await sandbox.start('init-mysql', { env: { SYNC: 'old' } }).code()).toBe(0);
  expectComplete(sandbox);
  const synced = sandbox.read('log').match(/^sync of everything$/gm);
  expect(synced).toHaveLength(3); // the content of the mark, its rename, the rename of the directory
});

const changes = ({ command }: { command: string }) => /^mysql/.test(command);

describe('the SQL of initialize', () => {
  const sql = 'CREATE DATABASE shop;\nCREATE TABLE shop.orders (id INT PRIMARY KEY);\n';
  const withSql = (version: string) =>
    rendered({ replicas: 1, version: MySqlVersion.of(version), initialize: Initialize.ifEmpty({ sql }) });
  const cluster = withSql('8.4');
  const statements = initialized['mysql/sql']!;
  const complete = {
    ...initialized,
    'mysql/sql': statements + sql + statements.slice(statements.indexOf('CREATE USER')),
  };
  const data = (sandbox: Sandbox) =>
    Object.fromEntries(Object.entries(volume(sandbox)).filter(([path, text]) => /^mysql\//.test(path) && text));

  // Of the servers of 8.0.42, one initializes and one makes the accounts; the third executes this SQL.
  test.each(['8.4', '8.0.42'])(
    'is executed by a server without a binary log and other engines: %s',
    async (version) => {
      const sandbox = emptyPrimary(withSql(version));
      const run = sandbox.start('init-mysql');
      expect([await run.code(), run.output]).toEqual([0, expect.stringContaining('executed the SQL of initialize')]);
      expect(data(sandbox)).toEqual(complete);
      expect(servers(sandbox).pop()).toMatch(
        / --skip-log-bin .* --disabled-storage-engines=MyISAM,.* --skip-networking/,
      );
    },
  );

  test.each(sql.trim().split('\n'))(
    'is refused with the error of %s, and leaves no data directory',
    async (FAILING) => {
      const sandbox = emptyPrimary(cluster);
      const run = sandbox.start('init-mysql', { env: { FAILING } });
      expect(await run.code()).toBe(1);
      expect(run.output).toContain(`ERROR 1064 (42000): ${FAILING}`);
      expect(run.output).toContain('REFUSED: the SQL of initialize failed');
      expect(sandbox.tree('mnt/data')).not.toHaveProperty(['mysql']);
    },
  );

  test('a failure or a kill at any moment leaves nothing or all of it, and the next start completes it', async () => {
    const clean = emptyPrimary(cluster);
    expect(await clean.start('init-mysql', { steps: true }).code()).toBe(0);
    const all = clean.steps();
    const own = all.slice(all.findIndex(({ command, call }) => command === 'mysqld' && call === 2)); // before: as without SQL
    const problems = await tryFaults([...kills(own), ...failures(own.filter(changes))], async (fault) => {
      const sandbox = emptyPrimary(cluster);
      const code = await sandbox.start('init-mysql', { fault }).code();
      const left = data(sandbox);
      if (code === 0 || Object.keys(left).length) expect(left).toEqual(complete);
      expect(await sandbox.start('init-mysql').code()).toBe(0);
      expect(data(sandbox)).toEqual(complete);
    });
    expect(problems).toEqual([]);
  });
});

describe('a first initialization by an init file', () => {
  const statements = Object.values(initialized)
    .find((content) => content?.includes('CREATE USER'))!
    .split('\n')
    .filter(Boolean);

  test.each(statements)('is refused when a statement fails, and leaves no data directory: %s', async (statement) => {
    const sandbox = emptyPrimary();
    const run = sandbox.start('init-mysql', { env: { FAILING: statement.replace("'(id)');", '') } });
    expect([await run.code(), run.output]).toEqual([1, expect.stringContaining('REFUSED: mysqld did not initialize')]);
    expect(sandbox.tree('mnt/data')).not.toHaveProperty(['mysql']);
  });

  test.each(['USE mysql', 'GRANT REPLICATION SLAVE', 'REPLACE INTO', 'SELECT id'])(
    'is refused when the server reads the file only up to %s and reports success',
    async (statement) => {
      const sandbox = emptyPrimary();
      const run = sandbox.start('init-mysql', { env: { CUT: statement } });
      expect([await run.code(), run.output]).toEqual([
        1,
        expect.stringContaining('REFUSED: mysqld did not execute all'),
      ]);
      expect(sandbox.tree('mnt/data')).not.toHaveProperty(['mysql']);
    },
  );

  test('does not take the proof of an earlier attempt', async () => {
    const sandbox = emptyPrimary();
    await sandbox.start('init-mysql').code();
    sandbox.remove('mnt/data/mysql');
    expect(await sandbox.start('init-mysql', { env: { CUT: 'SELECT id' } }).code()).toBe(1);
  });
});

test('a second start leaves the database unchanged', async () => {
  const sandbox = emptyPrimary();
  await sandbox.start('init-mysql').code();
  const before = sandbox.tree('mnt/data');
  const again = sandbox.start('init-mysql');
  expect(await again.code()).toBe(0);
  expect(again.output).toContain('the data directory is complete: initialized on mysql-0');
  expect(sandbox.tree('mnt/data')).toEqual(before);
});

test.each(WAYS)(
  'a failing command leaves no data directory or a complete one, and the script succeeds only if it is complete: by $way',
  async ({ way, cluster }) => {
    const clean = emptyPrimary(cluster);
    expect(await clean.start('init-mysql', { steps: true }).code()).toBe(0);
    const survived = new Set<string>();
    const problems = await tryFaults(failures(clean.steps()), async (fault) => {
      const sandbox = emptyPrimary(cluster);
      const code = await sandbox.start('init-mysql', { fault }).code();
      if (code === 0) {
        // Of two calls at the same time, neither may be the one that should fail.
        if (sandbox.has('fired')) survived.add(fault.command);
        expectComplete(sandbox);
      } else {
        expectNothingOrComplete(sandbox);
      }
    });
    expect(problems).toEqual([]);
    // The commands of the loops that retry until they succeed.
    const ofServer = way === 'a temporary server' ? ['mysqladmin'] : [];
    expect([...survived].sort()).toEqual(['awk', 'cp', 'getent', 'grep', ...ofServer, 'sort', 'wc']);
  },
);

test.each(WAYS)(
  'when a command fails at every call, the script fails and leaves no data directory: by $way',
  async ({ way, cluster }) => {
    const ofWay = way === 'a temporary server' ? ['mysql'] : ['rm'];
    const commands = ['cp', 'mkdir', 'sed', 'mysqld', 'mysql_tzinfo_to_sql', 'sync', 'mv', ...ofWay];
    const problems = await tryFaults(
      commands.map((command) => ({ command, call: 0, effect: 'fails' })),
      async (fault) => {
        const sandbox = emptyPrimary(cluster);
        expect(await sandbox.start('init-mysql', { fault }).code()).toBeGreaterThan(0);
        expect(sandbox.tree('mnt/data')).not.toHaveProperty(['mysql']);
      },
    );
    expect(problems).toEqual([]);
  },
);

test('when the temporary server dies, the script fails and leaves no data directory', async () => {
  const moments = [
    { command: 'mysqladmin', call: 2 },
    { command: 'mysql', call: 1 },
    { command: 'mysqladmin', call: 3 },
  ];
  const problems = await tryFaults(
    moments.map((moment) => ({ ...moment, effect: 'server killed' })),
    async (fault) => {
      const sandbox = emptyPrimary(byTemporaryServer);
      expect(await sandbox.start('init-mysql', { fault }).code()).toBeGreaterThan(0);
      expect(sandbox.tree('mnt/data')).not.toHaveProperty(['mysql']);
    },
  );
  expect(problems).toEqual([]);
});

test.each(WAYS)(
  'a kill at any moment leaves no data directory or a complete one, and the next start completes the initialization: by $way',
  async ({ way, cluster }) => {
    const clean = emptyPrimary(cluster);
    expect(await clean.start('init-mysql', { steps: true }).code()).toBe(0);
    const faults = kills(clean.steps());
    expect(faults).toEqual(
      expect.arrayContaining([
        { command: 'mysqld', call: way === 'a temporary server' ? 2 : 1, effect: 'killed after' },
        { command: 'sync', call: 1, effect: 'killed after' },
        { command: 'mv', call: 1, effect: 'killed before' },
        { command: 'mv', call: 1, effect: 'killed after' },
      ]),
    );
    const problems = await tryFaults(faults, async (fault) => {
      const sandbox = emptyPrimary(cluster);
      expect(await sandbox.start('init-mysql', { fault }).code()).toBe(null);
      expectNothingOrComplete(sandbox);
      const next = sandbox.start('init-mysql');
      expect([await next.code(), next.output]).toEqual([0, expect.anything()]);
      expectComplete(sandbox);
    });
    expect(problems).toEqual([]);
  },
);
