import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { CloneMethod } from '../../lib';
import { small, TestCluster } from './support/cluster';
import { finish } from './support/oracle';

/** Everything that a container does takes many times as long with such a limit. */
const crawling = (mebibytes: number) => ({
  requests: { cpu: Cpu.millis(10), memory: Size.mebibytes(mebibytes) },
  limits: { cpu: Cpu.millis(150) },
});

const METHODS = { xtrabackup: CloneMethod.xtraBackup(), plugin: CloneMethod.clonePlugin() };
const REPLICAS = [1, 2];

// A clone that is given up costs a slow donor another copy, so patience decides whether a cluster starts at all.
// A request that is not answered in time costs nothing; the next one has more.
describe('on a machine that crawls', () => {
  const clusters = new Map<string, TestCluster>();

  beforeAll(async () => {
    for (const [name, cloneMethod] of Object.entries(METHODS)) {
      const cluster = await TestCluster.create(`slow-${name}`);
      clusters.set(name, cluster);
      await cluster.apply({ ...small, cloneMethod, resources: { mysql: crawling(500), xtrabackup: crawling(50) } });
    }
  });
  afterAll(async () => {
    await Promise.all([...clusters.values()].map(finish));
  });

  describe.each(Object.keys(METHODS))('with clones by %s', (name) => {
    const the = () => clusters.get(name)!;

    test('three instances become ready', () => the().ready(3, 900), 1_900_000);

    test('no clone is given up', async () => {
      const logs = await Promise.all(REPLICAS.map((ordinal) => the().logs(ordinal, 'clone-mysql')));
      for (const log of logs) {
        expect(log).toContain(' is complete after ');
        expect(log).not.toContain('giving up');
      }
    });

    test('nothing flaps: what was ready once stays ready', async () => {
      const readySince = () =>
        the().kubectl('get', 'pods', '-l', 'app=mysql', '-o', 'jsonpath={..conditions[?(@.type=="Ready")]}');
      const before = await readySince();
      await the().sql(0, 'CREATE DATABASE test; CREATE TABLE test.numbers (id INT PRIMARY KEY)');
      for (let id = 0; id < 10; id++) {
        await the().sql(0, `INSERT INTO test.numbers VALUES (${id})`);
        await the().converged(3, ['test.numbers'], 600);
      }
      expect(await readySince()).toBe(before); // with the times of the last changes
      for (const ordinal of REPLICAS) {
        const verdicts = (await the().logs(ordinal, 'xtrabackup')).match(/\b(un)?ready \(/g) ?? [];
        expect(verdicts.join().replace(/^(unready \(,)+/, '')).toBe('ready (');
      }
    }, 1_000_000);
  });
});
