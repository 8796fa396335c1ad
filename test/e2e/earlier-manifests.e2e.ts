import { readFileSync } from 'fs';
import { resolve } from 'path';
import { synthFile } from '../support/synth-file';
import { TestCluster } from './support/cluster';
import { eventually } from './support/eventually';
import { kubectl } from './support/kubectl';
import { finish } from './support/oracle';

const EARLIER = resolve(__dirname, '../objects/earlier-manifests/5c42f55.yaml');

/** Writes numbered rows until a file tells it to stop, and records what the server acknowledged. */
const WRITER = `
until [[ -e /tmp/enough ]]; do
  n=$((n + 1))
  mysql --host=mysql-primary --connect-timeout=5 -e "INSERT INTO test.numbers VALUES ($n)" 2>/dev/null && echo "$n" >>/tmp/acknowledged
done`;

// Replicas of the new release do not understand a primary of the old one: they detach, and reads go on until the
// rolling update reaches the primary.
describe("main.ts over a cluster of an earlier commit's YAML", () => {
  let cluster: TestCluster;
  const client = (command: string) => cluster.kubectl('exec', 'client', '--', 'bash', '-c', command);
  const apply = (yaml: string) => kubectl(['--namespace', cluster.namespace, 'apply', '-f', '-'], yaml);

  beforeAll(async () => {
    cluster = await TestCluster.create('earlier');
    await cluster.kubectl('run', 'client', '--image=mysql:8.4', '--restart=Never', '--', 'sleep', 'infinity');
    await apply(readFileSync(EARLIER, 'utf8'));
    await cluster.ready(3);
    await cluster.podReady('client');
    await cluster.sql(0, 'CREATE DATABASE test; CREATE TABLE test.numbers (id INT PRIMARY KEY)');
  });
  afterAll(() => finish(cluster));

  test('applies, replaces every pod, and loses no write', async () => {
    const before = (await cluster.pods()).map(({ uid }) => uid);
    const writer = client(WRITER);
    await eventually('a first row', () => client('cat /tmp/acknowledged'));

    await apply(synthFile('main.ts'));
    await cluster.kubectl('rollout', 'status', 'statefulset/mysql', '--timeout=600s');
    await cluster.ready(3);
    const rows = async () => Number(await client('wc -l </tmp/acknowledged'));
    const written = await rows();
    await eventually('further rows', async () => ((await rows()) > written ? true : undefined));
    await client('touch /tmp/enough');
    await writer;

    for (const { uid } of await cluster.pods()) expect(before).not.toContain(uid);
    await cluster.converged(3, ['test.numbers']);
    const acknowledged = (await client('cat /tmp/acknowledged')).trim().split('\n');
    const stored = new Set((await cluster.sql(2, 'SELECT id FROM test.numbers')).split('\n'));
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  });

  test('a new replica clones, and replicates', async () => {
    await cluster.scale(4);
    await cluster.ready(4);
    await cluster.converged(4, ['test.numbers']);
  });
});
