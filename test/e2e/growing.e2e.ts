import { Size } from 'cdk8s';
import { PodManagementPolicy } from 'cdk8s-plus-28';
import { small, TestCluster, yamlOf } from './support/cluster';
import { commandsOf, runAsReader } from './support/task';

// Runs the commands of docs/tasks/grow-volumes.md while the cluster serves. They replace the StatefulSet, so its other
// immutable fields can change with them.
describe('growing the volumes', () => {
  let cluster: TestCluster;
  const props = { ...small, replicas: 2, storage: { size: Size.mebibytes(700) } };
  const larger = {
    ...props,
    storage: { size: Size.mebibytes(900) },
    podManagementPolicy: PodManagementPolicy.ORDERED_READY,
  };

  beforeAll(async () => {
    cluster = await TestCluster.create('growing');
    await cluster.apply(props);
    await cluster.ready(2);
    await cluster.sql(0, 'CREATE DATABASE test; CREATE TABLE test.numbers (id INT AUTO_INCREMENT PRIMARY KEY)');
  });
  afterAll(() => cluster?.destroy());

  /** The identity and the number of restarts of every container. */
  const lives = async () => (await cluster.pods()).map(({ name, uid, containers }) => ({ name, uid, containers }));

  /** The size of the file system that holds the data of an instance, in megabytes. */
  const room = async (ordinal: number) =>
    Number(await cluster.exec(ordinal, 'df --output=size --block-size=1M /var/lib/mysql | tail -n 1'));

  test('the file systems grow, no write fails, and no container restarts', async () => {
    const before = await lives();
    const rooms = [await room(0), await room(1)];
    const insert = 'mysql -e "INSERT INTO test.numbers VALUES ()"';
    const writes = cluster.exec(0, `until [[ -e /tmp/enough ]]; do ${insert} || exit; done`);

    const commands = commandsOf('grow-volumes');
    expect(commands).toContain('size=20Gi\n');
    await runAsReader(commands.replace('size=20Gi', 'size=900Mi'), cluster.namespace, yamlOf(larger));

    await cluster.exec(0, 'touch /tmp/enough');
    await writes;
    await cluster.kubectl('rollout', 'status', 'statefulset/mysql', '--timeout=300s');
    await cluster.ready(2);
    expect(await lives()).toEqual(before);
    for (const ordinal of [0, 1]) expect(await room(ordinal)).toBeGreaterThan(rooms[ordinal] + 100);
    await cluster.converged(2, ['test.numbers']);
  });

  test('a new replica has the new size', async () => {
    await cluster.scale(3);
    await cluster.ready(3);
    const capacity = ['get', 'pvc', 'data-mysql-2', '-o', 'jsonpath={.status.capacity.storage}'];
    expect(await cluster.kubectl(...capacity)).toBe('900Mi');
    await cluster.converged(3, ['test.numbers']);
  });
});
