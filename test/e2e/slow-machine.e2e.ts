import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { CloneMethod } from '../../lib';
import { small, TestCluster } from './support/cluster';
import { finish } from './support/oracle';

/** Everything that a container does takes about ten times as long with such a limit. */
const crawling = (mebibytes: number) => ({
  requests: { cpu: Cpu.millis(10), memory: Size.mebibytes(mebibytes) },
  limits: { cpu: Cpu.millis(100) },
});

// An attempt that is given up costs a slow donor another copy, so patience decides whether a cluster starts at all.
describe.each([
  ['XtraBackup', CloneMethod.xtraBackup()],
  ['the CLONE plugin', CloneMethod.clonePlugin()],
])('on a machine that crawls, with clones by %s', (_, cloneMethod) => {
  let cluster: TestCluster;
  const replicas = [1, 2];

  beforeAll(async () => {
    cluster = await TestCluster.create('slow-machine');
    await cluster.apply({
      ...small,
      cloneMethod,
      resources: { mysql: crawling(500), xtrabackup: crawling(50) },
    });
  });
  afterAll(() => finish(cluster));

  test('three instances become ready', () => cluster.ready(3, 900), 1_000_000);

  test('no clone was given up', async () => {
    const logs = await Promise.all(replicas.map((ordinal) => cluster.logs(ordinal, 'clone-mysql')));
    for (const log of logs) {
      expect(log).toContain(' is complete after ');
      expect(log).not.toMatch(/giving up|from now on, a donor has|no clone from/);
    }
  });

  test('nothing flaps: what was ready once stays ready', async () => {
    const readySince = () =>
      cluster.kubectl('get', 'pods', '-l', 'app=mysql', '-o', 'jsonpath={..conditions[?(@.type=="Ready")]}');
    const before = await readySince();
    await cluster.sql(0, 'CREATE DATABASE test; CREATE TABLE test.numbers (id INT PRIMARY KEY)');
    for (let id = 0; id < 10; id++) {
      await cluster.sql(0, `INSERT INTO test.numbers VALUES (${id})`);
      await cluster.converged(3, ['test.numbers'], 600);
    }
    expect(await readySince()).toBe(before); // with the times of the last changes
    for (const ordinal of replicas) {
      const verdicts = (await cluster.logs(ordinal, 'xtrabackup')).match(/\b(un)?ready \(/g) ?? [];
      expect(verdicts.join().replace(/^(unready \(,)+/, '')).toBe('ready (');
    }
  }, 1_000_000);
});
