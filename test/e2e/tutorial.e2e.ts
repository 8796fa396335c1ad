import { execFileSync } from 'child_process';
import { eventually } from './support/eventually';
import { kubectl, tryKubectl } from './support/kubectl';
import { TestCluster } from './support/cluster';
import { expectEqualData } from './support/oracle';

// The tutorial's walk-through with the YAML of `npm run synth`, in the order in which a reader follows it.
describe('the tutorial', () => {
  let cluster: TestCluster;
  const client = async (command: string) =>
    (await cluster.kubectl('exec', 'mysql-client', '--', 'bash', '-c', command)).trim();

  beforeAll(async () => {
    execFileSync('npm', ['run', '--silent', 'synth'], { stdio: 'pipe' });
    cluster = await TestCluster.create('tutorial');
    await cluster.kubectl('run', 'mysql-client', '--image=mysql:8.4', '--restart=Never', '--', 'sleep', 'infinity');
    await cluster.podReady('mysql-client');
  });
  afterAll(() => cluster?.destroy());

  test('three pods become ready', async () => {
    const start = Date.now();
    await cluster.kubectl('apply', '-f', 'dist');
    await cluster.ready(3);
    console.info(`from kubectl apply to three ready pods: ${Math.round((Date.now() - start) / 1000)} s (OrderedReady)`);
  });

  test('a row written to mysql-0.mysql can be read from mysql-read', async () => {
    await client(
      `mysql -h mysql-0.mysql -e "CREATE DATABASE test; CREATE TABLE test.messages (message VARCHAR(250)); INSERT INTO test.messages VALUES ('hello');"`,
    );
    await cluster.converged(3, ['test.messages']);
    expect(await client('mysql -h mysql-read -BNe "SELECT * FROM test.messages"')).toBe('hello');
  });

  test('mysql-primary leads to the primary', async () => {
    expect(await client('mysql -h mysql-primary -BNe "SELECT @@server_id, @@read_only"')).toBe('100\t0');
  });

  test('mysql-read spreads connections over all instances, as @@server_id shows', async () => {
    const seen = new Set<string>();
    await eventually('all three server-ids', async () => {
      seen.add(await client('mysql -h mysql-read -BNe "SELECT @@server_id"'));
      if (seen.size < 3) throw new Error([...seen].join());
      return true;
    });
    expect([...seen].sort()).toEqual(['100', '101', '102']);
  });

  test.each([0, 1, 2])('mysql-%i has its role', async (ordinal) => {
    expect(await cluster.sql(ordinal, 'SELECT @@server_id, @@gtid_mode, @@super_read_only')).toBe(
      `${100 + ordinal}\tON\t${ordinal === 0 ? 0 : 1}`,
    );
    const threads =
      'SELECT c.SERVICE_STATE, a.SERVICE_STATE FROM performance_schema.replication_connection_status c, performance_schema.replication_applier_status a';
    expect(await cluster.sql(ordinal, threads)).toBe(ordinal === 0 ? '' : 'ON\tON');
  });

  test('a plain mysql in either container logs in as root', async () => {
    for (const container of ['mysql', 'xtrabackup'] as const) {
      expect(await cluster.exec(1, "mysql -BNe 'SELECT CURRENT_USER()'", container)).toBe('root@localhost\n');
    }
  });

  test('a replica refuses writes', async () => {
    await expect(cluster.sql(1, "INSERT INTO test.messages VALUES ('no')")).rejects.toThrow('ERROR 1290');
  });

  test('applying again changes nothing', async () => {
    expect(await cluster.kubectl('diff', '-f', 'dist')).toBe('');
  });

  test('a broken readiness probe takes an instance out of mysql-read, and a repaired one puts it back', async () => {
    const endpoints = () => cluster.endpoints('mysql-read');
    await cluster.kubectl('exec', 'mysql-2', '-c', 'mysql', '--', 'touch', '/var/run/mysqld/unready');
    const without = await eventually('mysql-2 out of mysql-read', async () => {
      const names = await endpoints();
      if (names.includes('mysql-2')) throw new Error(names.join());
      return names;
    });
    expect(without).toEqual(['mysql-0', 'mysql-1']);
    await cluster.kubectl('exec', 'mysql-2', '-c', 'mysql', '--', 'rm', '/var/run/mysqld/unready');
    await cluster.ready(3);
    expect(await endpoints()).toEqual(['mysql-0', 'mysql-1', 'mysql-2']);
  });

  test('a deleted pod comes back with its data', async () => {
    const { uid } = await cluster.pod(2);
    await cluster.kubectl('delete', 'pod', 'mysql-2', '--wait=false');
    await cluster.replaced(2, uid);
    await cluster.ready(3);
    expect(await cluster.logs(2, 'clone-mysql')).toContain('nothing to do: the data directory is complete');
    expect(await cluster.sql(2, 'SELECT * FROM test.messages')).toBe('hello');
  });

  test('a drain evicts an instance, other drains wait meanwhile, and the instance returns after uncordon', async () => {
    const drainable = (instances: string) =>
      eventually(`${instances} instances that a drain may evict`, async () => {
        const seen = await cluster.kubectl('get', 'pdb', 'mysql', '-o', 'jsonpath={.status.disruptionsAllowed}');
        if (seen !== instances) throw new Error(seen);
        return true;
      });
    await drainable('1');
    const { node, uid } = await cluster.pod(2);
    await cluster.kubectl('label', 'pod', 'mysql-2', 'drained-by=tutorial');
    try {
      await kubectl(['drain', node, '--pod-selector=drained-by=tutorial', '--delete-emptydir-data', '--timeout=300s']);
      await cluster.replaced(2, uid);
      await drainable('0');
      const reads = await client(
        'for i in 1 2 3 4 5 6; do mysql -h mysql-read -BNe "SELECT message FROM test.messages"; done',
      );
      expect(new Set(reads.split('\n'))).toEqual(new Set(['hello']));
    } finally {
      await tryKubectl(['uncordon', node]);
    }
    await cluster.ready(3);
  });

  test('after a scale to 5 under writes, new replicas hold old and new rows', async () => {
    await cluster.sql(
      0,
      'CREATE TABLE test.numbers (id INT AUTO_INCREMENT PRIMARY KEY, at TIMESTAMP(6) DEFAULT NOW(6))',
    );
    const writes = cluster.exec(
      0,
      'until [[ -e /tmp/enough ]]; do mysql -e "INSERT INTO test.numbers VALUES ()"; done',
    );
    await cluster.scale(5);
    await cluster.ready(5);
    await cluster.exec(0, 'touch /tmp/enough');
    await writes;
    await cluster.converged(5, ['test.messages', 'test.numbers']);
    expect(Number(await cluster.sql(4, 'SELECT COUNT(*) FROM test.numbers'))).toBeGreaterThan(10);
  });

  test('a scale back to 3 keeps the claims, and the next scale-up uses them', async () => {
    await cluster.scale(3);
    const claims = (await cluster.kubectl('get', 'pvc', '-l', 'app=mysql', '-o', 'name')).trim().split('\n');
    expect(claims).toHaveLength(5);
    await cluster.sql(0, 'INSERT INTO test.numbers VALUES ()');
    await cluster.scale(4);
    await cluster.ready(4);
    expect(await cluster.logs(3, 'clone-mysql')).toContain('nothing to do: the data directory is complete');
    await cluster.converged(4, ['test.numbers']);
  });

  test('instances that are ready and have executed the same hold the same', () => expectEqualData(cluster));

  test('clean-up by label leaves nothing', async () => {
    const kinds = 'statefulset,service,configmap,networkpolicy,pdb,pvc';
    await cluster.kubectl('delete', kinds, '-l', 'app=mysql', '--timeout=300s');
    await eventually('no object with the label', async () => {
      const left = await cluster.kubectl('get', `${kinds},pods`, '-l', 'app=mysql', '-o', 'name');
      if (left) throw new Error(left);
      return true;
    });
  });
});
