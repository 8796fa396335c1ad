import { TestCluster } from './support/cluster';
import { eventually } from './support/eventually';
import { kubectl, tryKubectl } from './support/kubectl';
import { finish } from './support/oracle';

const passwords = {
  root: `a'b"c\\d $x#y ü; |`,
  replication: `r'"\\ #$é x;|`,
  backup: `b'"\\ #$é; x|and more`,
  probe: `p'"\\ #$é=; |`,
};

// The library's defaults, as an app gets them: a Secret, pods that start together, a "restricted" namespace.
describe('the defaults', () => {
  let cluster: TestCluster;

  beforeAll(async () => {
    cluster = await TestCluster.create('defaults', { 'pod-security.kubernetes.io/enforce': 'restricted' });
  });
  afterAll(() => finish(cluster));

  test('without the Secret, pods wait, log what is missing, and initialize nothing', async () => {
    await cluster.apply({});
    const line = await cluster.logged(0, 'init-mysql', 'waiting for the Secret mysql: key root-password is missing');
    expect(line).toContain('kubectl create secret generic mysql --from-literal=root-password=');
    expect(await cluster.exec(0, 'ls /mnt/data', 'init-mysql')).not.toContain('mysql');
    await cluster.kubectl('delete', 'statefulset', 'mysql');
  });

  test('with the Secret, three pods become ready', async () => {
    await cluster.createSecret(passwords);
    const start = Date.now();
    await cluster.apply({});
    await cluster.ready(3);
    console.info(`from kubectl apply to three ready pods: ${Math.round((Date.now() - start) / 1000)} s (Parallel)`);
  });

  test('accounts have only the privileges they need', async () => {
    const accounts = "SELECT CONCAT(user, '@', host) FROM mysql.user WHERE user NOT LIKE 'mysql.%' ORDER BY 1";
    expect((await cluster.sql(0, accounts)).split('\n')).toEqual([
      'backup@%',
      'probe@127.0.0.1',
      'replication@%',
      'root@localhost',
    ]);
    expect(await cluster.sql(0, "SHOW GRANTS FOR 'replication'@'%'")).toBe(
      'GRANT REPLICATION SLAVE ON *.* TO `replication`@`%`',
    );
    expect(await cluster.sql(0, "SHOW GRANTS FOR 'probe'@'127.0.0.1'")).toBe(
      'GRANT USAGE ON *.* TO `probe`@`127.0.0.1`',
    );
  });

  test('a row replicates', async () => {
    await cluster.sql(
      0,
      "CREATE DATABASE test; CREATE TABLE test.rows_ (id INT PRIMARY KEY, text TEXT); INSERT INTO test.rows_ VALUES (1, 'ü')",
    );
    await cluster.converged(3, ['test.rows_']);
  });

  test('clones of a gigabyte are complete', async () => {
    await cluster.scale(1);
    await cluster.kubectl('delete', 'pvc', 'data-mysql-1', 'data-mysql-2');
    // 1 MiB of random bytes in each row. It is not logged: no replica exists, and clones do not copy binary logs.
    await cluster.sql(
      0,
      `SET SESSION sql_log_bin = OFF;
       CREATE TABLE test.large (id INT AUTO_INCREMENT PRIMARY KEY, data MEDIUMBLOB);
       INSERT INTO test.large (data) VALUES ${Array(8).fill('(RANDOM_BYTES(1024))').join()};
       UPDATE test.large SET data = REPEAT(data, 1024);
       ${'INSERT INTO test.large (data) SELECT data FROM test.large;'.repeat(7)}`,
    );
    await cluster.scale(3);
    await cluster.ready(3);
    for (const ordinal of [1, 2]) {
      const log = await cluster.logs(ordinal, 'clone-mysql');
      expect(Number(/cloning from .* about (\d+) MiB/.exec(log)?.[1])).toBeGreaterThan(1024);
    }
    await cluster.converged(3, ['test.large']);
  });

  test('no password appears in arguments, environments or logs', async () => {
    const values = Object.values(passwords);
    for (const ordinal of [0, 2]) {
      for (const container of ['mysql', 'xtrabackup'] as const) {
        const processes = await cluster.exec(
          ordinal,
          'cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr "\\0" "\\n"',
          container,
        );
        expect(processes).toContain(container === 'mysql' ? 'mysqld' : 'gawk');
        for (const value of values) expect(processes).not.toContain(value);
      }
      for (const container of ['init-mysql', 'clone-mysql', 'mysql', 'xtrabackup'] as const) {
        const log = await cluster.logs(ordinal, container);
        for (const value of values) expect(log).not.toContain(value);
      }
    }
  });

  test('a connection that cannot prove itself a peer starts no clone', async () => {
    const connect = 'exec 3<>/dev/tcp/mysql-0.mysql/3307; read -r -t 5 <&3; echo wrong mine peer clone >&3; cat <&3';
    expect(await cluster.exec(1, connect, 'xtrabackup')).toBe('denied\n');
    await cluster.logged(0, 'xtrabackup', 'does not know the backup password of this cluster');
    const served = async () =>
      (await cluster.logs(0, 'xtrabackup')).split('\n').filter((l) => l.includes('offers a clone')).length;
    const before = await served();
    await cluster.exec(1, 'for i in 1 2 3 4 5; do exec 3<>/dev/tcp/mysql-0.mysql/3307; exec 3<&-; done', 'xtrabackup');
    expect(await cluster.exec(1, connect, 'xtrabackup')).toBe('denied\n');
    expect(await served()).toBe(before);
  });

  test('pods of the namespace reach port 3306 only, pods of other namespaces reach none', async () => {
    const other = `${cluster.namespace}-other`;
    await kubectl(['create', 'namespace', other]);
    try {
      const address = (await cluster.kubectl('get', 'pod', 'mysql-0', '-o', 'jsonpath={.status.podIP}')).trim();
      const reaches = async (namespace: string, port: number) => {
        const connect = ['nc', '-w', '2', address, String(port)]; // nc has no input, so it exits once connected
        const { code } = await tryKubectl(['--namespace', namespace, 'exec', 'visitor', '--', ...connect]);
        return code === 0;
      };
      for (const namespace of [cluster.namespace, other]) {
        await kubectl(['--namespace', namespace, 'create', '-f', '-'], JSON.stringify(visitor));
        await kubectl(['-n', namespace, 'wait', 'pod/visitor', '--for=condition=Ready', '--timeout=300s']);
      }
      await eventually(
        'port 3306 is reachable from the namespace',
        async () => ((await reaches(cluster.namespace, 3306)) ? true : undefined),
        30,
      );
      expect(await reaches(cluster.namespace, 3307)).toBe(false);
      expect(await reaches(other, 3306)).toBe(false);
      expect(await reaches(other, 3307)).toBe(false);
    } finally {
      await kubectl(['delete', 'namespace', other, '--wait=false']);
    }
  });

  test('a foreign pod with the label app: mysql is no endpoint and no member of the budget', async () => {
    await cluster.create(foreign);
    await cluster.podReady('foreign');
    const instances = ['mysql-0', 'mysql-1', 'mysql-2'];
    for (const service of ['mysql', 'mysql-read']) expect(await cluster.endpoints(service)).toEqual(instances);
    expect(await cluster.kubectl('get', 'pdb', 'mysql', '-o', 'jsonpath={.status.expectedPods}')).toBe('3');
  });

  test('a restarted primary has its data and opens again, and asks no foreign pod', async () => {
    const { uid } = await cluster.pod(0);
    await cluster.kubectl('delete', 'pod', 'mysql-0', '--wait=false');
    await cluster.replaced(0, uid);
    await cluster.ready(3);
    expect(await cluster.logs(0, 'mysql')).not.toMatch(/crash recovery/i); // it was shut down cleanly
    await cluster.sql(0, "INSERT INTO test.rows_ VALUES (2, 'after')");
    await cluster.converged(3, ['test.rows_']);
    expect(await cluster.kubectl('logs', 'foreign')).toBe('');
  });
});

/** A pod with this script, as a "restricted" namespace admits it. */
const pod = (metadata: object, script: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata,
  spec: {
    terminationGracePeriodSeconds: 0,
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'shell',
        image: 'busybox:1.36',
        command: ['sh', '-c', script],
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      },
    ],
  },
});

const visitor = pod({ name: 'visitor' }, 'sleep 100000');

/** Logs a line for each connection to the port of peers. */
const foreign = pod(
  { name: 'foreign', labels: { app: 'mysql' } },
  'while nc -l -p 3307 </dev/null >/dev/null; do echo asked; done',
);
