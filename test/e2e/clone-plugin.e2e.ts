import { CloneMethod, Credentials, MySqlVersion } from '../../lib';
import { small, TestCluster } from './support/cluster';

// On MySQL 9.7, where the plugin is the default method. The passwords are hard to quote, because they become part of a
// CLONE statement. The settings are ones that could affect the scripts' sessions and accounts.
describe('clones with the CLONE plugin', () => {
  let cluster: TestCluster;
  const hard = (account: string) => `${account} 'q" \\ $x #`;
  const settings = {
    all: {
      ...small.settings?.all,
      autocommit: 'OFF',
      'sql-mode': 'NO_BACKSLASH_ESCAPES',
      'default-password-lifetime': '90',
      'password-history': '5',
      'password-reuse-interval': '365',
    },
  };

  beforeAll(async () => {
    cluster = await TestCluster.create('clone-plugin');
    const accounts = ['root', 'replication', 'backup', 'probe'];
    await cluster.createSecret(Object.fromEntries(accounts.map((account) => [account, hard(account)])));
    await cluster.apply({
      ...small,
      version: MySqlVersion.V9_7,
      credentials: Credentials.fromSecret('mysql'),
      settings,
    });
    await cluster.ready(3, 600);
  }, 900_000);
  afterAll(() => cluster?.destroy());

  test('fill the replicas, which then replicate', async () => {
    await cluster.sql(0, 'CREATE DATABASE test; CREATE TABLE test.numbers (id INT PRIMARY KEY)');
    await cluster.sql(0, 'INSERT INTO test.numbers VALUES (1), (2), (3); COMMIT');
    await cluster.converged(3, ['test.numbers']);
    expect(await cluster.sql(0, 'SELECT VERSION() LIKE "9.7.%"')).toBe('1');
  });

  test('need only the server image', async () => {
    const images = await cluster.kubectl('get', 'pods', '-l', 'app=mysql', '-o', 'jsonpath={..image}');
    expect(new Set(images.split(' ').map((image) => image.replace(/^.*\//, '')))).toEqual(new Set(['mysql:9.7']));
  });

  test('carry the transactions and tables of the donor', async () => {
    await cluster.scale(4);
    await cluster.ready(4, 600);
    expect(await cluster.sql(3, 'SELECT @@GLOBAL.gtid_purged <> ""')).toBe('1');
    await cluster.converged(4, ['test.numbers']);
  });

  test('replace the data of a replica while it runs', async () => {
    const before = await cluster.sql(3, 'SELECT @@server_uuid');
    await cluster.exec(3, 'touch /var/run/mysqld/clone-again');
    await cluster.logged(3, 'xtrabackup', 'the new clone is in place');
    await cluster.ready(4, 600);
    expect(await cluster.sql(3, 'SELECT @@server_uuid')).not.toBe(before);
    await cluster.converged(4, ['test.numbers']);
  });

  test('leave no account that a password policy could lock out', async () => {
    const closing = "SELECT user FROM mysql.user WHERE user NOT LIKE 'mysql.%' AND password_lifetime IS NULL";
    expect(await cluster.sql(1, closing)).toBe('');
  });

  test('use an account with no other privilege, over TLS only', async () => {
    expect(await cluster.sql(0, "SHOW GRANTS FOR 'backup'@'%'")).toBe(
      'GRANT USAGE ON *.* TO `backup`@`%`\nGRANT BACKUP_ADMIN ON *.* TO `backup`@`%`',
    );
    expect(await cluster.sql(0, "SELECT ssl_type FROM mysql.user WHERE user = 'backup'")).toBe('ANY');
  });
});

// In a rolling update, as `kubectl apply` starts it.
test('the clone method of a cluster changes without manual SQL', async () => {
  const cluster = await TestCluster.create('other-method');
  try {
    const props = { ...small, replicas: 2 };
    await cluster.apply(props);
    await cluster.ready(2);
    await cluster.apply({ ...props, cloneMethod: CloneMethod.clonePlugin() });
    await cluster.kubectl('rollout', 'status', 'statefulset/mysql', '--timeout=600s');
    await cluster.exec(1, 'touch /var/run/mysqld/clone-again');
    await cluster.logged(1, 'xtrabackup', 'the new clone is in place');
    await cluster.ready(2);
    await cluster.converged(2, ['mysql.user']);
    expect(await cluster.sql(1, "SELECT Host FROM mysql.user WHERE User = 'backup'")).toBe('%');
  } finally {
    await cluster.destroy();
  }
});
