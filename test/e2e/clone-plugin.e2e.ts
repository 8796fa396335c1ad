import { Credentials, MySqlVersion } from '../../lib';
import { small, TestCluster } from './support/cluster';
import { finish } from './support/oracle';

/** Where a pod finds the CA that it tells its peers. */
const CA = '/var/lib/mysql/ca.pem';

// The default method, on MySQL 9.7, with passwords that are hard to quote: they go into a CLONE statement. The
// settings are such as would reach the scripts' sessions and accounts.
describe('clones by the CLONE plugin', () => {
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
  afterAll(() => finish(cluster));

  test('fill replicas, which then replicate', async () => {
    await cluster.sql(0, 'CREATE DATABASE test; CREATE TABLE test.numbers (id INT PRIMARY KEY)');
    await cluster.sql(0, 'INSERT INTO test.numbers VALUES (1), (2), (3); COMMIT');
    await cluster.converged(3, ['test.numbers']);
    expect(await cluster.sql(0, 'SELECT VERSION() LIKE "9.7.%"')).toBe('1');
  });

  test('need no image but that of the server', async () => {
    const images = await cluster.kubectl('get', 'pods', '-l', 'app=mysql', '-o', 'jsonpath={..image}');
    expect(new Set(images.split(' ').map((image) => image.replace(/^.*\//, '')))).toEqual(new Set(['mysql:9.7']));
  });

  test('are not taken from a server whose certificate is of another CA than its pod tells', async () => {
    const passwordSent = 'SELECT COUNT(*) FROM performance_schema.accounts WHERE user = "backup"';
    const [other, own] = await Promise.all([1, 2].map((ordinal) => cluster.exec(ordinal, `cat ${CA}`)));
    await cluster.exec(2, `cat >${CA}`, 'mysql', other); // the server has read its own at its start
    await cluster.scale(4);
    await cluster.logged(3, 'clone-mysql', /no clone from mysql-2: the clone of mysql-2 failed: ERROR .*SSL/);
    expect(await cluster.sql(2, passwordSent)).toBe('0');
    await cluster.exec(2, `cat >${CA}`, 'mysql', own);
  });

  test('carry the transactions and tables of their donor', async () => {
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

  test('leave no account that a password policy would close', async () => {
    const closing = "SELECT user FROM mysql.user WHERE user NOT LIKE 'mysql.%' AND password_lifetime IS NULL";
    expect(await cluster.sql(1, closing)).toBe('');
  });

  test('use an account that may do nothing else, over TLS only', async () => {
    expect(await cluster.sql(0, "SHOW GRANTS FOR 'backup'@'%'")).toBe(
      'GRANT USAGE ON *.* TO `backup`@`%`\nGRANT BACKUP_ADMIN ON *.* TO `backup`@`%`',
    );
    expect(await cluster.sql(0, "SELECT ssl_type FROM mysql.user WHERE user = 'backup'")).toBe('ANY');
  });
});
