import { Duration, Size } from 'cdk8s';
import { PodManagementPolicy } from 'cdk8s-plus-28';
import { CloneMethod, Exposure, Initialize, Reads, ReplicatedMySqlProps } from '../../lib';
import { small, TestCluster, yamlOf } from './support/cluster';
import { eventually } from './support/eventually';
import { tryKubectl } from './support/kubectl';
import { commandsOf, runAsReader } from './support/task';
import { verdict } from './support/verdict';
import { finish } from './support/oracle';

// Changes to the props of one cluster that runs, one after the other: each goes on with what the changes before it left.
let cluster: TestCluster;
let props: ReplicatedMySqlProps = {
  ...small,
  credentials: undefined, // the Secret of the defaults: an exposed cluster needs passwords
  replicas: 2,
  initialize: Initialize.ifEmpty({
    sql: 'CREATE DATABASE test; CREATE TABLE test.numbers (id INT AUTO_INCREMENT PRIMARY KEY); DROP USER replication;',
  }),
  cloneMethod: CloneMethod.xtraBackup({ compression: true }),
  storage: { size: Size.mebibytes(700) },
  reads: { maxLag: Duration.seconds(5) },
  // Servers that are thrown away do not know this zone yet.
  settings: { all: { ...small.settings?.all, 'default-time-zone': 'Europe/Berlin' } },
};

beforeAll(async () => {
  cluster = await TestCluster.create('running', { 'pod-security.kubernetes.io/enforce': 'restricted' });
  const passwords = ['root', 'replication', 'backup', 'probe'].map((account) => [
    account,
    `the password of ${account}`,
  ]);
  await cluster.createSecret(Object.fromEntries(passwords));
  await cluster.apply(props);
  await cluster.ready(2);
  await cluster.converged(2);
});
afterAll(() => finish(cluster));

const insert = () => cluster.sql(0, 'INSERT INTO test.numbers VALUES ()');

describe('exposed Services', () => {
  let visitors: TestCluster;

  beforeAll(async () => {
    visitors = await TestCluster.create('visitors');
    const { node } = await cluster.pod(0);
    const [welcome] = await Promise.all([visitor('welcome', node), visitor('stranger', node)]);
    const sourceRanges = [`${welcome}/32`];
    await cluster.apply({
      ...props,
      services: {
        primary: { exposure: Exposure.loadBalancer({ sourceRanges }) },
        read: { exposure: Exposure.nodePort({ sourceRanges }) },
      },
    });
  });
  afterAll(async () => {
    await cluster.apply(props);
    await visitors?.destroy();
  });

  /** Starts a pod on a node; returns its address. */
  async function visitor(name: string, node: string): Promise<string> {
    const overrides = JSON.stringify({ spec: { nodeName: node, terminationGracePeriodSeconds: 0 } });
    const image = '--image=busybox:1.36';
    await visitors.kubectl('run', name, image, `--overrides=${overrides}`, '--', 'sleep', '100000');
    await visitors.podReady(name);
    return visitors.kubectl('get', 'pod', name, '-o', 'jsonpath={.status.podIP}');
  }

  /** Where a Service is reached: at the load balancer if the cluster has assigned one, otherwise at the pod's node. */
  async function addressOf(service: string): Promise<[host: string, port: string]> {
    const { spec, status } = JSON.parse(await cluster.kubectl('get', 'service', service, '-o', 'json'));
    const balancer = status.loadBalancer?.ingress?.[0]?.ip;
    if (balancer) return [balancer, '3306'];
    const host = await cluster.kubectl('get', 'pod', 'mysql-0', '-o', 'jsonpath={.status.hostIP}');
    return [host, String(spec.ports[0].nodePort)];
  }

  /** Whether the server greets a visitor that connects. */
  async function greeted(name: string, [host, port]: [string, string]): Promise<boolean> {
    const connect = `sleep 2 | nc -w 3 ${host} ${port} | grep -aq _password`; // the login method is part of the greeting
    const { code } = await tryKubectl(['--namespace', visitors.namespace, 'exec', name, '--', 'sh', '-c', connect]);
    return code === 0;
  }

  test.each(['mysql-primary', 'mysql-read'])('%s is reached from its source ranges only', async (service) => {
    const address = await eventually(`welcome at ${service}`, async () => {
      const reached = await addressOf(service);
      if (!(await greeted('welcome', reached))) throw new Error(`no greeting at ${reached.join(':')}`);
      return reached;
    });
    expect(await greeted('stranger', address)).toBe(false);
  });
});

// The task "Grow the volumes", with its own commands, while the cluster serves. They replace the StatefulSet, so the
// other immutable fields can change with them.
describe('growing the volumes', () => {
  const larger = {
    ...props,
    storage: { size: Size.mebibytes(900) },
    podManagementPolicy: PodManagementPolicy.ORDERED_READY,
  };

  /** Identity and restarts of all containers. */
  const lives = async () => (await cluster.pods()).map(({ name, uid, containers }) => ({ name, uid, containers }));

  /** The size in megabytes of the file system with the data of an instance. */
  const capacity = async (ordinal: number) =>
    Number(await cluster.exec(ordinal, 'df --output=size --block-size=1M /var/lib/mysql | tail -n 1'));

  test('no write fails, no container restarts, and the file systems have grown', async () => {
    const before = await lives();
    const capacities = [await capacity(0), await capacity(1)];
    const write = 'mysql --user=root -e "INSERT INTO test.numbers VALUES ()"';
    const login = 'export MYSQL_PWD; MYSQL_PWD=$(</mnt/credentials/root-password)';
    const writes = cluster.exec(0, `${login}; until [[ -e /tmp/enough ]]; do ${write} || exit; done`);

    const commands = commandsOf('grow-volumes');
    expect(commands).toContain('size=20Gi\n');
    await runAsReader(commands.replace('size=20Gi', 'size=900Mi'), cluster.namespace, yamlOf(larger));
    props = larger;

    await cluster.exec(0, 'touch /tmp/enough');
    await writes;
    await cluster.kubectl('rollout', 'status', 'statefulset/mysql', '--timeout=300s');
    await cluster.ready(2);
    expect(await lives()).toEqual(before);
    for (const ordinal of [0, 1]) expect(await capacity(ordinal)).toBeGreaterThan(capacities[ordinal] + 100);
    await cluster.converged(2, ['test.numbers']);
  });

  test('a further replica has the new size', async () => {
    await cluster.scale(3);
    await cluster.ready(3);
    const size = ['get', 'pvc', 'data-mysql-2', '-o', 'jsonpath={.status.capacity.storage}'];
    expect(await cluster.kubectl(...size)).toBe('900Mi');
    await cluster.converged(3, ['test.numbers']);
    await cluster.scale(2);
  });
});

// reads.maxLag: the applier of a replica is blocked while its receiver goes on.
describe('a replica that lags', () => {
  test('leaves mysql-read, and returns when it has caught up', async () => {
    await cluster.leads('mysql-read', ['mysql-0', 'mysql-1']);
    // The session ends when the test kills it.
    const lock = cluster.sql(1, 'LOCK TABLES test.numbers READ; DO SLEEP(600)').catch(() => undefined);
    const holder = "SELECT ID FROM performance_schema.processlist WHERE INFO = 'DO SLEEP(600)'";
    await eventually('the lock', async () => (await cluster.sql(1, holder)) || undefined);
    await insert();
    await cluster.verdict(1, verdict('lagging', 'more than 5 s behind mysql-0'));
    await cluster.leads('mysql-read', ['mysql-0']);
    expect(await cluster.sql(1, 'SELECT SERVICE_STATE FROM performance_schema.replication_connection_status')).toBe(
      'ON',
    );

    await cluster.sql(1, `KILL ${await cluster.sql(1, holder)}`);
    await lock;
    await cluster.leads('mysql-read', ['mysql-0', 'mysql-1']);
    await cluster.converged(2, ['test.numbers']);
  });

  test('does not lag when nobody writes for longer than the bound, nor after the next write', async () => {
    const lagging = async () => (await cluster.logs(1, 'xtrabackup')).split('behind').length;
    const before = await lagging();
    await cluster.sql(0, 'DO SLEEP(8)');
    await cluster.verdict(1, verdict('replicating', 'from mysql-0'));
    await insert();
    await cluster.converged(2, ['test.numbers']);
    await cluster.verdict(1, verdict('replicating', 'from mysql-0'));
    expect(await lagging()).toBe(before);
  });
});

test('whoever drops every database leaves the cluster as it was', async () => {
  const openings = () => cluster.sql(0, 'SELECT * FROM replicated_mysql.openings ORDER BY number');
  const before = [await openings(), await cluster.pods()];
  await cluster.sql(0, 'DROP DATABASE replicated_mysql');
  await cluster.logged(0, 'xtrabackup', 'somebody dropped the database replicated_mysql: it is back');
  await insert();
  await cluster.converged(2, ['replicated_mysql.cluster', 'replicated_mysql.openings', 'test.numbers']);
  expect([await openings(), await cluster.pods()]).toEqual(before); // nobody was restarted, and everybody is ready
});

test('FLUSH statements fence a replica, and what its verdict says heals it', async () => {
  await cluster.sql(1, 'FLUSH STATUS; FLUSH PRIVILEGES');
  const both = /holds FLUSH statements of its own, which changed no data: ([0-9a-f-]+):(\d+)-(\d+)\. /;
  const status = await cluster.verdict(1, verdict('fenced', both));
  const [, source, first, last] = both.exec(status)!;
  const [, statements] = /on mysql-0: (.*AUTOMATIC)\. /.exec(status)!;
  for (let number = Number(first); number <= Number(last); number++)
    await cluster.sql(0, statements.replace('...', `${source}:${number}`));
  await cluster.verdict(1, verdict('replicating', 'from mysql-0'));
  await insert();
  await cluster.converged(2, ['test.numbers']);
});

// reads.from: mysql-read leads to the replicas, and to the primary when no replica is ready.
describe('reads from replicas', () => {
  test('can be turned on while the cluster serves: mysql-read always leads to an instance', async () => {
    await cluster.leads('mysql-read', ['mysql-0', 'mysql-1']);
    const before = await cluster.pods();
    props = { ...props, reads: { ...props.reads, from: Reads.fromReplicas() } };
    await runAsReader(commandsOf('read-from-replicas'), cluster.namespace, yamlOf(props));
    const led = await eventually('both pods replaced, and mysql-read leading to the replica alone', async () => {
      const endpoints = await cluster.endpoints('mysql-read');
      if (!endpoints.length) return 'to nobody';
      const pods = await cluster.pods();
      const replaced = pods.every(({ uid }) => !before.some((old) => old.uid === uid));
      if (!replaced || endpoints.join() !== 'mysql-1') throw new Error(JSON.stringify([endpoints, pods]));
      return 'to the replica';
    });
    expect(led).toBe('to the replica');
    await cluster.ready(2);
  });

  test('each pod shows its role and its state', async () => {
    const fields = '{.metadata.labels.replicated-mysql/role} {.metadata.labels.replicated-mysql/state};';
    await eventually('the primary to be shown as open, and the replica as replicating', async () => {
      const shown = await cluster.kubectl('get', 'pods', '-l=app=mysql', `-o=jsonpath={range .items[*]}${fields}{end}`);
      if (shown.trim() !== 'primary open;replica replicating;') throw new Error(shown);
      return shown;
    });
  });

  test('go to the primary while no replica is ready', async () => {
    await cluster.exec(1, 'touch /var/run/mysqld/unready');
    await cluster.leads('mysql-read', ['mysql-0']);
    await cluster.exec(1, 'rm /var/run/mysqld/unready');
    await cluster.leads('mysql-read', ['mysql-1']);
  });

  test('the service account may change no other pod', async () => {
    const patch = (pod: string) =>
      cluster.exec(
        1,
        `curl --silent --output /dev/null --write-out '%{http_code}' --cacert /mnt/api/ca.crt \\
          --config <(printf 'header = "Authorization: Bearer %s"\\n' "$(cat /mnt/api/token)") --request PATCH \\
          --header 'Content-Type: application/merge-patch+json' --data '{}' \\
          "https://kubernetes.default.svc/api/v1/namespaces/$(cat /mnt/api/namespace)/pods/${pod}/status"`,
        'xtrabackup',
      );
    expect(await patch('mysql-1')).toBe('200');
    expect(await patch('shop')).toBe('403');
  });
});

test('the clone method changes by kubectl apply, without SQL', async () => {
  props = { ...props, cloneMethod: CloneMethod.clonePlugin() };
  await cluster.apply(props);
  await cluster.kubectl('rollout', 'status', 'statefulset/mysql', '--timeout=600s');
  await cluster.exec(1, 'touch /var/run/mysqld/clone-again');
  await cluster.logged(1, 'xtrabackup', 'the new clone is in place');
  await cluster.ready(2);
  await cluster.equalAccounts(2);
  expect(await cluster.sql(1, "SELECT Host FROM mysql.user WHERE User = 'backup'")).toBe('%');
});
