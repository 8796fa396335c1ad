import { Initialize } from '../../lib';
import { small, TestCluster } from './support/cluster';
import { eventually } from './support/eventually';
import { Killer } from './support/killer';

// What the scripts refuse, by name: each refusal loses nothing, names the remedy, and ends when the cause does.
describe('refusals', () => {
  let killer: Killer;
  let cluster: TestCluster;
  const insert = (ordinal: number) => cluster.sql(ordinal, 'INSERT INTO test.numbers VALUES ()');
  const rows = async (ordinal: number) => Number(await cluster.sql(ordinal, 'SELECT COUNT(*) FROM test.numbers'));

  beforeAll(async () => {
    [killer, cluster] = await Promise.all([Killer.start(), TestCluster.create('refusals')]);
  });
  afterAll(async () => {
    await cluster?.destroy();
    await killer?.stop();
  });

  test('without DNS an empty primary initializes nothing', async () => {
    await cluster.create({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'no-dns' },
      spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{ ports: [{ port: 3306 }, { port: 3307 }] }] },
    });
    await cluster.apply(small);
    await cluster.logged(0, 'init-mysql', 'not initialized yet: DNS does not know mysql-0.mysql');
    expect(await cluster.exec(0, 'ls /mnt/data', 'init-mysql')).not.toContain('mysql');
    await cluster.kubectl('delete', 'networkpolicy', 'no-dns');
    await cluster.ready(3);
    await cluster.sql(0, 'CREATE DATABASE test; CREATE TABLE test.numbers (id INT AUTO_INCREMENT PRIMARY KEY)');
    await insert(0);
    await cluster.converged(3, ['test.numbers']);
  });

  test('a data directory that is gone does not become an empty database', async () => {
    await cluster.onVolume(2, 'rm -rf /mnt/data/mysql');
    await killer.kill(cluster, 2, 'mysql'); // which could not end by itself any more
    await cluster.logged(2, 'mysql', 'REFUSED: the data directory is not complete');
    expect(await cluster.onVolume(2, 'ls -A /mnt/data/mysql')).toBe('');
    await cluster.restart(2);
    await cluster.ready(3);
    await cluster.converged(3, ['test.numbers']);
  });

  test('an unmarked volume is left as it is', async () => {
    const tree = () => cluster.onVolume(2, 'cd /mnt/data && find . -type f -exec md5sum {} + | sort');
    await cluster.scale(2);
    await cluster.onVolume(2, 'mv /mnt/data/mysql/.complete /mnt/data/.complete.kept');
    const before = await tree();
    await cluster.scale(3);
    await cluster.logged(2, 'init-mysql', 'REFUSED: the volume holds a database that this cluster did not make');
    expect(await tree()).toBe(before);
    await cluster.onVolume(2, 'mv /mnt/data/.complete.kept /mnt/data/mysql/.complete');
    await cluster.restart(2);
    await cluster.ready(3);
  });

  test('a primary that lost its volume beside living replicas stays out, and reads go on', async () => {
    await cluster.onVolume(0, 'mv /mnt/data/mysql /mnt/data/.kept');
    await cluster.restart(0);
    const refused = await cluster.logged(0, 'init-mysql', 'REFUSED: this volume is empty, but mysql-');
    expect(refused).toContain('holds data of cluster');
    await cluster.verdict(1, 'ready: reads go on without the primary');
    expect((await cluster.pod(1)).ready).toBe(true);
    await cluster.onVolume(0, 'test ! -e /mnt/data/mysql && mv /mnt/data/.kept /mnt/data/mysql');
    await cluster.restart(0);
    await cluster.ready(3);
    await insert(0);
    await cluster.converged(3, ['test.numbers']);
  });

  test('a primary that lost its volume while all pods were down stays out', async () => {
    await cluster.scale(0);
    await cluster.onVolume(0, 'mv /mnt/data/mysql /mnt/data/.kept');
    await cluster.scale(3);
    await cluster.logged(0, 'init-mysql', 'REFUSED: this volume is empty, but mysql-');
    await cluster.onVolume(0, 'test ! -e /mnt/data/mysql && mv /mnt/data/.kept /mnt/data/mysql');
    await cluster.restart(0);
    await cluster.ready(3);
    await cluster.converged(3, ['test.numbers']);
  });

  test('a primary whose volume was set back stays closed, and nothing merges', async () => {
    await cluster.scale(0);
    await cluster.onVolume(0, 'cp -a /mnt/data/mysql /mnt/data/.older');
    await cluster.scale(3);
    await cluster.ready(3);
    await insert(0);
    await insert(0);
    await cluster.converged(3, ['test.numbers']);
    const newer = await rows(1);
    await cluster.scale(0);
    await cluster.onVolume(0, 'cd /mnt/data && mv mysql .newer && mv .older mysql');
    await cluster.scale(3);
    await cluster.verdict(0, /^unready: closed: mysql-\d holds transactions that this primary lacks/);
    await cluster.verdict(1, 'unready: fenced: holds transactions that the primary lacks');
    await expect(insert(0)).rejects.toThrow('ERROR 1290');
    expect([await rows(0), await rows(1), await rows(2)]).toEqual([newer - 2, newer, newer]);
    await cluster.scale(0);
    await cluster.onVolume(0, 'cd /mnt/data && rm -rf mysql && mv .newer mysql');
    await cluster.scale(3);
    await cluster.ready(3);
    await insert(0);
    await cluster.converged(3, ['test.numbers']);
  });

  test('a replica with a transaction of its own is fenced, and nobody clones from it', async () => {
    await cluster.sql(1, 'SET GLOBAL super_read_only = OFF; CREATE DATABASE errant; SET GLOBAL super_read_only = ON');
    await cluster.verdict(1, 'unready: fenced: holds transactions that the primary lacks');
    await eventually('mysql-1 not ready', async () => ((await cluster.pod(1)).ready ? undefined : true));
    await cluster.loseVolume(2);
    await cluster.logged(2, 'clone-mysql', 'the clone of mysql-0 is in place');
    await cluster.loseVolume(1); // the remedy that the message names
    await cluster.ready(3);
    await cluster.converged(3, ['test.numbers']);
  });

  test('a replica that missed purged binary logs clones itself again', async () => {
    await cluster.scale(2);
    await insert(0);
    await cluster.converged(2, ['test.numbers']);
    const last = await cluster.sql(0, 'FLUSH BINARY LOGS; SELECT @@GLOBAL.log_bin_basename');
    await cluster.sql(0, `PURGE BINARY LOGS TO '${await lastLog()}'`);
    expect(last).toContain('binlog');
    await cluster.scale(3);
    await cluster.logged(2, 'xtrabackup', 'unready: clones itself again: the primary has purged transactions');
    await cluster.logged(2, 'xtrabackup', 'the new copy is in place');
    await cluster.ready(3);
    await cluster.converged(3, ['test.numbers']);
  });
  const lastLog = async () => (await cluster.sql(0, 'SHOW BINARY LOGS')).split('\n').pop()!.split('\t')[0];
});

describe('generations', () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await TestCluster.create('generations');
  });
  afterAll(() => cluster?.destroy());

  test('a volume of an earlier cluster of the same name is fenced, untouched', async () => {
    const props = { ...small, replicas: 2 };
    await cluster.apply(props);
    await cluster.ready(2);
    await cluster.sql(0, 'CREATE DATABASE earlier');
    await cluster.converged(2);
    await cluster.kubectl('delete', 'statefulset', 'mysql', '--wait=true');
    await cluster.kubectl('wait', 'pod', '-l', 'app=mysql', '--for=delete', '--timeout=300s');
    await cluster.kubectl('delete', 'pvc', 'data-mysql-0');

    await cluster.apply({ ...props, replicas: 1 });
    await cluster.ready(1);
    await cluster.scale(2);
    await cluster.verdict(1, 'unready: fenced: this volume is of cluster');
    expect(await cluster.sql(1, "SHOW DATABASES LIKE 'earlier'")).toBe('earlier');

    await cluster.loseVolume(1); // the remedy that the message names
    await cluster.ready(2);
    expect(await cluster.sql(1, "SHOW DATABASES LIKE 'earlier'")).toBe('');
    await cluster.converged(2);
  });

  test('with initialize never, an empty primary stays out', async () => {
    await cluster.scale(0);
    await cluster.kubectl('delete', 'pvc', '--all');
    await cluster.apply({ ...small, replicas: 1, initialize: Initialize.never() });
    await cluster.logged(0, 'init-mysql', 'REFUSED: the volume is empty, and initialize is set to never');
  });
});
