import { PodManagementPolicy } from 'cdk8s-plus-28';
import { Credentials, Initialize, ReplicatedMySqlProps } from '../../lib';
import { eventually } from './support/eventually';
import { small, TestCluster, yamlOf } from './support/cluster';
import { commandsOf, runAsReader } from './support/task';
import { smallTutorialCluster } from './support/tutorial-cluster';
import { finish } from './support/oracle';

const PASSWORDS = {
  root: 'of root',
  replication: 'of replication',
  backup: 'the password of backup',
  probe: 'of probe',
};

// Runs the commands of docs/tasks/adopt-a-tutorial-cluster.md on a cluster of the tutorial: root has no password, and
// replication goes by file and position, without GTIDs.
describe('adopting a cluster of the tutorial', () => {
  const props: ReplicatedMySqlProps = {
    ...small,
    credentials: Credentials.fromSecret('mysql'),
    podManagementPolicy: PodManagementPolicy.ORDERED_READY,
    initialize: Initialize.adopt(),
  };
  let cluster: TestCluster;
  const asBefore = (ordinal: number, sql: string) =>
    cluster.exec(ordinal, 'mysql --host=127.0.0.1 --user=root --batch --skip-column-names', 'mysql', sql);

  beforeAll(async () => {
    cluster = await TestCluster.create('adopting');
    await cluster.applyYaml(smallTutorialCluster());
    await cluster.ready(3);
    await asBefore(
      0,
      `CREATE DATABASE app; CREATE TABLE app.numbers (id INT PRIMARY KEY, text VARCHAR(20));
       INSERT INTO app.numbers VALUES (1, 'before'), (2, 'before');
       CREATE USER app@'%' IDENTIFIED BY 'of app'; GRANT ALL ON app.* TO app@'%';
       CREATE DEFINER = root@'%' VIEW app.texts AS SELECT DISTINCT text FROM app.numbers;`,
    );
    for (const replica of [1, 2])
      await eventually(`the rows on mysql-${replica}`, async () =>
        (await asBefore(replica, 'SELECT COUNT(*) FROM app.texts')) === '1\n' ? true : undefined,
      );
    expect(await asBefore(2, 'SELECT @@GLOBAL.gtid_mode, @@GLOBAL.gtid_executed')).toBe('OFF\t\n');
  });
  afterAll(() => finish(cluster));

  test('leaves a volume alone unless initialize is adopt', async () => {
    await cluster.createSecret(PASSWORDS);
    await cluster.apply({ ...props, initialize: undefined });
    const refused = await cluster.logged(2, 'init-mysql', 'REFUSED: the volume holds a database');
    expect(refused).toContain('set initialize to adopt');
  });

  test('holds back an incomplete clone, as it does a complete copy, until the primary is adopted', async () => {
    await cluster.apply(props);
    await cluster.restart(2); // otherwise Kubernetes backs off longer after each refusal
    await cluster.logged(2, 'init-mysql', 'waiting until mysql-0 is adopted, and changing nothing before');
    await cluster.exec(2, 'rm /mnt/data/mysql/auto.cnf', 'init-mysql'); // as if its clone had ended early
    expect(await asBefore(0, 'SELECT COUNT(*) FROM app.numbers')).toBe('2\n'); // the old primary still serves
    await asBefore(0, "INSERT INTO app.numbers VALUES (3, 'last')");
  });

  test('turns it into a cluster of this library, with every row, account and view', async () => {
    await runAsReader(commandsOf('adopt-a-tutorial-cluster'), cluster.namespace, yamlOf(props));
    await cluster.ready(3);
    await cluster.converged(3, ['app.numbers', 'replicated_mysql.cluster']);
    await cluster.equalAccounts(3);
    expect(await cluster.sql(2, 'SELECT COUNT(*), @@GLOBAL.gtid_mode FROM app.numbers')).toBe('3\tON');
    expect(await cluster.sql(0, "SELECT account_locked FROM mysql.user WHERE (User, Host) = ('root', '%')")).toBe('Y');
    const asApp = `MYSQL_PWD='of app' mysql --host=mysql-0.mysql --user=app --batch --skip-column-names`;
    expect(await cluster.exec(1, `${asApp} -e 'SELECT COUNT(*) FROM app.texts'`)).toBe('2\n');
    await cluster.sql(0, "INSERT INTO app.numbers VALUES (4, 'after')");
    await cluster.converged(3, ['app.numbers']);
  });

  test('keeps the old copies of the replicas, and logs what they were', async () => {
    expect(await cluster.logs(1, 'init-mysql')).toMatch(
      /the old copy \(complete as far as one can see\) is kept as mysql.before-adoption/,
    );
    expect(await cluster.logs(2, 'init-mysql')).toMatch(/the old copy \(no server has ever run on it: .*\) is kept/);
    for (const replica of [1, 2])
      expect(await cluster.exec(replica, 'ls /mnt/data/mysql.before-adoption', 'xtrabackup')).toContain('ibdata1');
  });

  test('refuses an incomplete initialization on the primary', async () => {
    await cluster.scale(0);
    await cluster.onVolume(0, 'cd /mnt/data; mv mysql .kept; mkdir mysql; cp .kept/ibdata1 mysql');
    await cluster.scale(1);
    await cluster.logged(0, 'init-mysql', /REFUSED: .* is incomplete: no server has ever run on it/);
    expect(await cluster.onVolume(0, 'cd /mnt/data; ls -A mysql; rm -r mysql; mv .kept mysql')).toBe('ibdata1\n');
    await cluster.restart(0);
    await cluster.ready(1);
  });
});
