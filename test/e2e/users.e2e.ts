import { Duration } from 'cdk8s';
import { Credentials, Grant, Password, ReplicatedMySqlProps, UserProps } from '../../lib';
import { small, TestCluster } from './support/cluster';
import { eventually } from './support/eventually';
import { tryKubectl } from './support/kubectl';

/** Passwords that occur nowhere else, so that they can be searched for. */
const [FIRST, SECOND] = ['first-qWeRtZ', `second-qWeRtZ 'q"w\\e`];

const shop: UserProps = {
  name: "shop's",
  password: Password.fromKey('shop-password', { keepOld: Duration.seconds(20) }),
  grants: [Grant.readWrite('shop_1')],
};
/** A name whose characters mean something in SQL, in grants or in YAML. */
const ODD = "it's `a_b%c`-é";

const report: UserProps = {
  name: 'report',
  password: Password.fromKey('report-password'),
  grants: [Grant.readOnly('shop_1'), Grant.readWrite(ODD)],
  requireTls: true,
};

describe('databases and users', () => {
  let cluster: TestCluster;
  const props = (...users: UserProps[]): ReplicatedMySqlProps => ({
    ...small,
    replicas: 2,
    credentials: Credentials.fromSecret('mysql'),
    databases: ['shop_1', 'shopx1', ODD],
    users,
  });

  /** Logs in from the pod of mysql-1, over the network. */
  const as = async (user: string, password: string, statement: string, options = '') => {
    const command = `MYSQL_PWD=$(cat) mysql --host=mysql-primary --user="${user}" ${options} -N -e "${statement}" 2>&1`;
    return (await cluster.tryExec(1, 'mysql', command, password)).stdout.trim();
  };
  const says = (user: string, password: string, statement: string, answer: string | RegExp, options = '') =>
    eventually(`${statement} of ${user}: ${answer}`, async () => {
      const seen = await as(user, password, statement, options);
      if (typeof answer === 'string' ? seen !== answer : !answer.test(seen)) throw new Error(seen);
      return true;
    });
  /** Changes the code or the Secret, and has the kubelet deliver it now: it looks whenever a pod changes. */
  const deliver = async (change: Promise<unknown>) => {
    await change;
    await cluster.deliver(0);
  };
  const apply = (...users: UserProps[]) => deliver(cluster.apply(props(...users)));
  const patch = (stringData: Record<string, string>) =>
    deliver(cluster.kubectl('patch', 'secret', 'mysql', '--patch', JSON.stringify({ stringData })));
  const restarts = async () =>
    (await cluster.pods()).map(({ uid, containers }) => [uid, Object.values(containers).map(({ id }) => id)]);

  beforeAll(async () => {
    cluster = await TestCluster.create('users');
    const passwords = {
      root: 'the root',
      replication: 'the replication',
      backup: '0123456789abcdef',
      probe: 'the probe',
    };
    await cluster.createSecret({ ...passwords, shop: FIRST });
    await cluster.apply(props(shop));
    await cluster.ready(2);
  });
  afterAll(() => cluster?.destroy());

  test('an account works with exactly what the code gives it', async () => {
    await cluster.sql(0, 'CREATE TABLE shop_1.orders (id INT PRIMARY KEY); CREATE TABLE shopx1.orders (id INT)');
    await says("shop's", FIRST, 'INSERT INTO shop_1.orders VALUES (1); SELECT id FROM shop_1.orders', '1');
    await says("shop's", FIRST, 'DROP TABLE shop_1.orders', /^ERROR 1142 /);
    await says("shop's", FIRST, 'SELECT * FROM shopx1.orders', /^ERROR 1142 /); // _ is a letter, not a pattern
    await cluster.sql(0, "GRANT DROP ON shop_1.* TO `shop's`@`%`");
  });

  test('a change of the code restarts nothing', async () => {
    const before = await restarts();
    await patch({ 'report-password': FIRST });
    await apply(shop, report);
    await says('report', FIRST, 'SELECT id FROM shop_1.orders', '1');
    await says('report', FIRST, 'SELECT 1', /^ERROR 1045 /, '--ssl-mode=DISABLED --get-server-public-key');
    await says("shop's", FIRST, 'DROP TABLE shop_1.none', /^ERROR 1142 /); // what somebody granted is gone
    expect(await restarts()).toEqual(before);
  });

  test('a changed Secret changes the password, and the old one stays valid for a while', async () => {
    const before = await restarts();
    const open = cluster.tryExec(
      1,
      'mysql',
      `MYSQL_PWD='${FIRST}' mysql --host=mysql-primary --user="shop's" --unbuffered -N`,
      longSession,
    );
    await patch({ 'shop-password': SECOND });
    await says("shop's", SECOND, 'SELECT 1', '1');
    expect(await as("shop's", FIRST, 'SELECT 1')).toBe('1');
    await says("shop's", FIRST, 'SELECT 1', /^ERROR 1045 /);
    expect(await as("shop's", SECOND, 'SELECT 1')).toBe('1');
    expect((await open).stdout).toMatch(/^(1\n)+$/); // an open session noticed nothing
    expect(await restarts()).toEqual(before);
  });

  test('an account that leaves the code is locked, and comes back with it', async () => {
    await apply(shop);
    await says('report', FIRST, 'SELECT 1', /^ERROR 3118 /);
    expect(await cluster.sql(0, "SELECT COUNT(*) FROM mysql.user WHERE User = 'report'")).toBe('1');
    await apply(shop, report);
    await says('report', FIRST, 'SELECT 1', '1');
  });

  test('names are names, whatever they contain', async () => {
    await cluster.sql(
      0,
      "SET NAMES utf8mb4; CREATE TABLE `it's ``a_b%c``-é`.t (id INT); CREATE DATABASE `it's ``aXbYc``-é`",
    );
    const use = (database: string) =>
      `SET NAMES utf8mb4; INSERT INTO ${database.replaceAll('`', '\\`')}.t VALUES (1); SELECT 'done'`;
    await says('report', FIRST, use("`it's ``a_b%c``-é`"), 'done');
    await says('report', FIRST, use("`it's ``aXbYc``-é`"), /^ERROR 1142 /); // which the pattern of the first would match
  });

  test('an account uses its roles in each session, as long as the code gives them', async () => {
    await cluster.sql(0, "CREATE ROLE `it's`; GRANT SELECT ON shopx1.* TO `it's`");
    const count = 'SELECT COUNT(*) FROM shopx1.orders';
    await apply({ ...shop, roles: ["it's"] }, report);
    await says("shop's", SECOND, count, '0');
    await apply(shop, report);
    await says("shop's", SECOND, count, /^ERROR 1142 /);
  });

  test('a value that is not whole changes nothing', async () => {
    await patch({ 'shop-password': 'third\n' });
    const why = "cannot keep the account 'shop\\'s'@'%': key shop-password of the Secret contains a control character";
    await cluster.logged(0, 'xtrabackup', why);
    expect(await as("shop's", SECOND, 'SELECT 1')).toBe('1');
    await patch({ 'shop-password': SECOND });
  });

  test('replicas have the accounts, and no password is in any file or log', async () => {
    await cluster.converged(2, ['shop_1.orders']);
    for (const ordinal of [0, 1]) {
      const found = 'grep -rl qWeRtZ /var/lib/mysql /tmp /var/run/mysqld || true';
      expect(await cluster.exec(ordinal, found)).toBe('');
      for (const container of ['init-mysql', 'clone-mysql', 'mysql', 'xtrabackup']) {
        const where = ['--namespace', cluster.namespace, 'logs', `mysql-${ordinal}`, '-c', container];
        expect((await tryKubectl(where)).stdout).not.toContain('qWeRtZ');
      }
    }
  });
});

/** A statement each second, for longer than an old password stays valid. */
const longSession = 'SELECT 1; DO SLEEP(1);\n'.repeat(40);
