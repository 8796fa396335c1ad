import { Credentials, Destination } from '../../lib';
import { bitnamiPrimary } from './support/bitnami';
import { small, TestCluster } from './support/cluster';
import { tryKubectl } from './support/kubectl';
import { finish } from './support/oracle';
import { commandsOf, runAsReader } from './support/task';

const OLD = 'shop-mysql-primary-0';

/** Writes numbers until the server refuses one, and prints the last that it acknowledged. */
const WRITER = `exec 2>/tmp/writer.err
number=1000
while mysql --host=127.0.0.1 --user=app --password=app-password -e "INSERT INTO shop.numbers VALUES ($number)"; do
  last=$number
  ((number += 1))
done
echo $last`;

// The task, with its own commands.
describe('a release of the Bitnami chart', () => {
  const page = (...headings: string[]) => headings.map((heading) => commandsOf('from-bitnami', heading)).join('\n');
  const read = (...headings: string[]) => runAsReader(page('Shell', ...headings), cluster.namespace, '');
  let cluster: TestCluster;

  const onOld = (statements: string) =>
    cluster.kubectl(
      ...['exec', OLD, '--', 'bash', '-c'],
      `MYSQL_PWD=$(<$MYSQL_ROOT_PASSWORD_FILE) mysql --host=127.0.0.1 --user=root --batch --skip-column-names -e "${statements}"`,
    );

  beforeAll(async () => {
    cluster = await TestCluster.create('from-bitnami');
    await Promise.all(bitnamiPrimary().map((object) => cluster.create(object)));
    await cluster.createSecret({ root: 'r', replication: 'p', backup: 'a-long-backup-7!', probe: 'q' });
    await cluster.apply({
      ...small,
      credentials: Credentials.fromSecret('mysql'),
      replicas: 2,
      serverIdBase: 10_000,
      network: { egress: [Destination.pods({ ports: [3306] })] },
    });
    await cluster.podReady(OLD);
    await onOld(
      "CREATE USER app IDENTIFIED BY 'app-password'; GRANT ALL ON shop.* TO app; CREATE DATABASE shop; USE shop;" +
        ' CREATE TABLE numbers (number INT PRIMARY KEY); CREATE DEFINER = app VIEW latest AS SELECT MAX(number) FROM numbers;' +
        " CREATE TABLE texts (id INT PRIMARY KEY, text TEXT); INSERT INTO texts VALUES (1, UNHEX('C3A9'));" +
        " CREATE DEFINER = app EVENT nightly ON SCHEDULE EVERY 1 DAY STARTS '2100-01-01' DO DELETE FROM texts",
    );
    await cluster.ready(2);
  });
  afterAll(() => finish(cluster));

  test('nothing stands in the way', async () => {
    expect((await read('Check')).trim()).toBe('');
  });

  test('all that it acknowledged is in the new cluster, and it accepts no more', async () => {
    const writer = tryKubectl(['--namespace', cluster.namespace, 'exec', OLD, '--', 'bash', '-c', WRITER]);
    await read('Copy');
    await cluster.sql(0, 'SELECT 1');
    await read('Switch');
    const last = Number((await writer).stdout);
    expect(last).toBeGreaterThan(1000);
    expect(await cluster.sql(0, 'SELECT * FROM shop.latest')).toBe(String(last));
    expect(await cluster.sql(0, 'SELECT COUNT(*) FROM shop.numbers')).toBe(String(last - 999));
    expect(await read('Verify')).toContain('equal');
    await cluster.converged(2, ['shop.numbers', 'shop.texts']);
  });

  test('accounts, events and text are the same', async () => {
    const login = 'mysql --host=mysql-primary --user=app --password=app-password -Ne';
    expect(await cluster.exec(1, `${login} "SELECT HEX(text) FROM shop.texts"`)).toBe('C3A9\n');
    expect(await cluster.sql(0, "SELECT STATUS FROM information_schema.EVENTS WHERE EVENT_NAME = 'nightly'")).toBe(
      'ENABLED',
    );
  });

  test('before anybody writes to the new cluster, the way back is open', async () => {
    await read('The way back');
    await onOld('INSERT INTO shop.numbers VALUES (1)');
  });
});
