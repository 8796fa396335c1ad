import { rendered } from '../sandbox/rendered';
import { failures, kills, tryFaults } from '../sandbox/faults';
import { Sandbox } from '../sandbox/sandbox';
import { secret } from '../sandbox/secret';

// One instance, so that there is no peer to wait for; peers are in empty-primary.test.ts.
const cluster = rendered({ replicas: 1 });

/** The pod of a primary whose volume is empty and whose Secret is there. */
function emptyPrimary(): Sandbox {
  const sandbox = new Sandbox(cluster, 0);
  sandbox.setDnsForPods();
  sandbox.write(secret());
  return sandbox;
}

/** A volume, with the same id for each cluster. */
function volume(sandbox: Sandbox): Record<string, string | undefined> {
  const id = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
  return Object.fromEntries(
    Object.entries(sandbox.tree('mnt/data')).map(([path, content]) => [
      path,
      content?.replace(id, '(id)').replace(/^ +/gm, ''),
    ]),
  );
}

const expectNothingOrAllOfIt = (sandbox: Sandbox) => {
  const data = Object.entries(volume(sandbox)).filter(([path]) => path.startsWith('mysql/'));
  if (data.length) expect(Object.fromEntries(data)).toEqual(initialized);
};

/** What a first initialization leaves, and nothing else: no staging. */
const initialized: Record<string, string | undefined> = {
  'mysql/.complete': 'origin=initialized on mysql-0\ncluster=(id)\ngtids=\n',
  'mysql/clean': 'yes\n', // the server shut down before its directory was called complete
  'mysql/ibdata1': 'pages\n',
  'mysql/mysql/user.ibd': 'tables\n',
  'mysql/sql': `USE mysql;
INSERT INTO time_zone VALUES (1);
CREATE USER IF NOT EXISTS 'root'@'localhost' IDENTIFIED BY 'of root' PASSWORD EXPIRE NEVER PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY;
ALTER USER 'root'@'localhost' IDENTIFIED BY 'of root' PASSWORD EXPIRE NEVER PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY;
CREATE USER IF NOT EXISTS 'replication'@'%' IDENTIFIED BY 'of replication' PASSWORD EXPIRE NEVER PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY;
ALTER USER 'replication'@'%' IDENTIFIED BY 'of replication' REQUIRE SSL PASSWORD EXPIRE NEVER PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY;
CREATE USER IF NOT EXISTS 'probe'@'127.0.0.1' IDENTIFIED BY 'of probe' PASSWORD EXPIRE NEVER PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY;
ALTER USER 'probe'@'127.0.0.1' IDENTIFIED BY 'of probe' PASSWORD EXPIRE NEVER PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY;
CREATE USER IF NOT EXISTS 'backup'@'localhost' IDENTIFIED BY 'of backup' PASSWORD EXPIRE NEVER PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY;
ALTER USER 'backup'@'localhost' IDENTIFIED BY 'of backup' PASSWORD EXPIRE NEVER PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY;
GRANT BACKUP_ADMIN, PROCESS, RELOAD, LOCK TABLES, REPLICATION CLIENT ON *.* TO 'backup'@'localhost';
GRANT SELECT ON performance_schema.log_status TO 'backup'@'localhost';
GRANT SELECT ON performance_schema.keyring_component_status TO 'backup'@'localhost';
GRANT SELECT ON performance_schema.replication_group_members TO 'backup'@'localhost';
GRANT REPLICATION SLAVE ON *.* TO 'replication'@'%';
CREATE DATABASE IF NOT EXISTS replicated_mysql;
CREATE TABLE IF NOT EXISTS replicated_mysql.cluster (id CHAR(36) PRIMARY KEY) ENGINE=InnoDB;
REPLACE INTO replicated_mysql.cluster VALUES ('(id)');
`,
};

const expectAllOfIt = (sandbox: Sandbox) => {
  const { mysql, 'mysql/mysql': system, ...files } = volume(sandbox);
  expect([mysql, system]).toEqual([undefined, undefined]);
  expect(files).toEqual(initialized);
};

test('an empty primary initializes its database: accounts, time zones and the id of the cluster', async () => {
  const sandbox = emptyPrimary();
  const run = sandbox.start('init-mysql');
  expect(await run.code()).toBe(0);
  expectAllOfIt(sandbox);
  const [, id] = sandbox.read('mnt/data/mysql/.complete').match(/^cluster=(.*)$/m)!;
  expect(run.output).toContain(`initialized cluster ${id}`);
  expect(sandbox.read('mnt/data/mysql/sql')).toContain(`REPLACE INTO replicated_mysql.cluster VALUES ('${id}');`);
});

test('what initializes has no network and writes no binary log, so that no GTID is given away', async () => {
  const sandbox = emptyPrimary();
  await sandbox.start('init-mysql').code();
  const [initialize, serve] = sandbox
    .read('log')
    .split('\n')
    .filter((line) => line.startsWith('mysqld '));
  expect(initialize).toContain(' --initialize-insecure');
  expect(serve).toContain(' --skip-networking');
  // In 5.7 a binary log needs a server-id, which this configuration does not have, and super-read-only stops everybody.
  for (const server of [initialize, serve])
    expect(server).toContain(' --skip-log-bin --read-only=OFF --super-read-only=OFF');
});

test('where sync knows no single file system, all are synced', async () => {
  const sandbox = emptyPrimary();
  expect(await sandbox.start('init-mysql', { env: { SYNC: 'old' } }).code()).toBe(0);
  expectAllOfIt(sandbox);
  const synced = sandbox.read('log').match(/^sync of everything$/gm);
  expect(synced).toHaveLength(3); // the mark, its name, the place of the directory
});

test('a second start finds the database and leaves it alone', async () => {
  const sandbox = emptyPrimary();
  await sandbox.start('init-mysql').code();
  const before = sandbox.tree('mnt/data');
  const again = sandbox.start('init-mysql');
  expect(await again.code()).toBe(0);
  expect(again.output).toContain('the data directory is complete: initialized on mysql-0');
  expect(sandbox.tree('mnt/data')).toEqual(before);
});

test('each command failing leaves nothing or all of it, and a failure that is not overcome is one of the script', async () => {
  const clean = emptyPrimary();
  expect(await clean.start('init-mysql', { steps: true }).code()).toBe(0);
  const overcome = new Set<string>();
  const problems = await tryFaults(failures(clean.steps()), async (fault) => {
    const sandbox = emptyPrimary();
    const code = await sandbox.start('init-mysql', { fault }).code();
    if (code === 0) {
      overcome.add(fault.command);
      expectAllOfIt(sandbox);
    } else {
      expectNothingOrAllOfIt(sandbox);
    }
  });
  expect(problems).toEqual([]);
  // What is asked again until it answers.
  expect([...overcome].sort()).toEqual(['awk', 'getent', 'grep', 'mysqladmin', 'sort', 'tr', 'wc']);
});

test('a command that always fails fails the script, and leaves nothing', async () => {
  const commands = ['cp', 'mkdir', 'mysqld', 'mysql_tzinfo_to_sql', 'mysql', 'sync', 'mv'];
  const problems = await tryFaults(
    commands.map((command) => ({ command, call: 0, effect: 'fails' })),
    async (fault) => {
      const sandbox = emptyPrimary();
      expect(await sandbox.start('init-mysql', { fault }).code()).toBeGreaterThan(0);
      expect(sandbox.tree('mnt/data')).not.toHaveProperty(['mysql']);
    },
  );
  expect(problems).toEqual([]);
});

test('a server that dies midway leaves nothing, and the script fails', async () => {
  const moments = [
    { command: 'mysqladmin', call: 2 },
    { command: 'mysql', call: 1 },
    { command: 'mysqladmin', call: 3 },
  ];
  const problems = await tryFaults(
    moments.map((moment) => ({ ...moment, effect: 'server killed' })),
    async (fault) => {
      const sandbox = emptyPrimary();
      expect(await sandbox.start('init-mysql', { fault }).code()).toBeGreaterThan(0);
      expect(sandbox.tree('mnt/data')).not.toHaveProperty(['mysql']);
    },
  );
  expect(problems).toEqual([]);
});

test('a kill at any moment leaves nothing or all of it, and the next start heals', async () => {
  const clean = emptyPrimary();
  expect(await clean.start('init-mysql', { steps: true }).code()).toBe(0);
  const faults = kills(clean.steps());
  expect(faults).toEqual(
    expect.arrayContaining([
      { command: 'mysqld', call: 2, effect: 'killed after' },
      { command: 'sync', call: 1, effect: 'killed after' },
      { command: 'mv', call: 1, effect: 'killed before' },
      { command: 'mv', call: 1, effect: 'killed after' },
    ]),
  );
  const problems = await tryFaults(faults, async (fault) => {
    const sandbox = emptyPrimary();
    expect(await sandbox.start('init-mysql', { fault }).code()).toBe(null);
    expectNothingOrAllOfIt(sandbox);
    const next = sandbox.start('init-mysql');
    expect([await next.code(), next.output]).toEqual([0, expect.anything()]);
    expectAllOfIt(sandbox);
  });
  expect(problems).toEqual([]);
});
