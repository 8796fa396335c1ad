import { Client, Destination } from '../../lib';
import { TestCluster } from './support/cluster';
import { eventually } from './support/eventually';
import { kubectl } from './support/kubectl';
import { finish } from './support/oracle';
import { openAmong, openPorts } from './support/scan';

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

  describe('the network', () => {
    const other = () => `${cluster.namespace}-other`;
    const instance = (ordinal: number) => ({
      namespace: cluster.namespace,
      pod: `mysql-${ordinal}`,
      container: 'mysql',
    });
    const visitorOf = (namespace: string) => ({ namespace, pod: 'visitor' });
    const address = async (pod: string) =>
      (await cluster.kubectl('get', 'pod', pod, '-o', 'jsonpath={.status.podIP}')).trim();

    beforeAll(async () => {
      await kubectl(['create', 'namespace', other()]);
      for (const namespace of [cluster.namespace, other()]) {
        await kubectl(['--namespace', namespace, 'create', '-f', '-'], JSON.stringify(visitor));
        await kubectl(['-n', namespace, 'wait', 'pod/visitor', '--for=condition=Ready', '--timeout=300s']);
      }
      await cluster.create(listener);
      await cluster.podReady('listener');
      const primary = await address('mysql-0');
      await eventually(
        'port 3306 is reachable from the namespace',
        async () => ((await openAmong(visitorOf(cluster.namespace), primary, [3306])).length ? true : undefined),
        30,
      );
    });
    afterAll(() => kubectl(['delete', 'namespace', other(), '--wait=false']));

    test('of all 65,535 ports, clients reach 3306, and strangers none', async () => {
      const primary = await address('mysql-0');
      const [client, stranger] = await Promise.all(
        [cluster.namespace, other()].map((namespace) => openPorts(visitorOf(namespace), primary)),
      );
      expect({ client, stranger }).toEqual({ client: [3306], stranger: [] });
    });

    test('instances reach 3306 and 3307 of each other, DNS, and nothing else', async () => {
      const [primary, elsewhere] = [await address('mysql-0'), await address('listener')];
      expect(await openAmong(instance(1), primary, [3306, 3307, 3308, 3309])).toEqual([3306, 3307]);
      expect(await openAmong(visitorOf(cluster.namespace), elsewhere, LISTENING)).toEqual(LISTENING);
      expect(await openAmong(instance(1), elsewhere, LISTENING)).toEqual([]);
      expect(await cluster.exec(1, 'getent ahosts mysql-0.mysql')).toContain(primary); // by UDP
      const dns = await cluster.exec(1, 'awk \'$1 == "nameserver" { print $2; exit }\' /etc/resolv.conf');
      expect(await openAmong(instance(1), dns.trim(), [53])).toEqual([53]);
      expect(await openAmong(visitorOf(cluster.namespace), 'kubernetes.default.svc', [443])).toEqual([443]);
      expect(await openAmong(instance(1), 'kubernetes.default.svc', [443])).toEqual([]);
    });

    test('other clients and destinations restart no pod', async () => {
      const before = await cluster.pods();
      const [primary, elsewhere] = [await address('mysql-0'), await address('listener')];
      const network = {
        clients: [Client.pods({ namespace: other(), labels: { talks: 'mysql' } })],
        egress: [Destination.pods({ labels: { app: 'listener' }, ports: LISTENING.slice(0, 1) })],
      };
      await cluster.apply({ network });
      await eventually(
        'the other namespace reaches port 3306, and this one does not',
        async () => {
          const [theirs, ours] = await Promise.all(
            [other(), cluster.namespace].map((namespace) => openAmong(visitorOf(namespace), primary, [3306])),
          );
          return theirs.length && !ours.length ? true : undefined;
        },
        30,
      );
      expect(await openAmong(instance(1), elsewhere, LISTENING)).toEqual(LISTENING.slice(0, 1));
      await cluster.apply({});
      expect(await cluster.pods()).toEqual(before);
    });
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
const pod = (metadata: object, script: string, image = 'busybox:1.36') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata,
  spec: {
    terminationGracePeriodSeconds: 0,
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'shell',
        image,
        command: ['sh', '-c', script],
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      },
    ],
  },
});

/** It has the server's image, which has curl. */
const visitor = pod({ name: 'visitor', labels: { talks: 'mysql' } }, 'exec sleep 100000', 'mysql:8.4');

/** The lowest and the highest port that a pod may listen on without privileges, and one of the peers. */
const LISTENING = [1024, 3307, 65_535];
const listener = pod(
  { name: 'listener', labels: { app: 'listener' } },
  `for port in ${LISTENING.join(' ')}; do httpd -p $port -h /etc; done; exec sleep 100000`,
);

/** Logs a line for each connection to the port of peers. */
const foreign = pod(
  { name: 'foreign', labels: { app: 'mysql' } },
  'while nc -l -p 3307 </dev/null >/dev/null; do echo asked; done',
);
