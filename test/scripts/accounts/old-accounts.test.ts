import { Credentials, MySqlVersion } from '../../../lib';
import { rendered, Rendered } from '../sandbox/rendered';
import { CONFIGURED, REPLICATED, RUNNING, runningPod, startPeers, statements, stateOf } from '../sandbox/running-pod';
import { Sandbox } from '../sandbox/sandbox';
import { secret } from '../sandbox/secret';

const OLD = 'root@localhost,replication@%';
const NOTE = 'mnt/data/mysql/.old-accounts';
const v8_0 = rendered({ version: MySqlVersion.V8_0 });
const v8_4 = rendered({ version: MySqlVersion.V8_4 });
const v9_7 = rendered({ version: MySqlVersion.V9_7 });

const primary = (cluster: Rendered) => runningPod(0, { executed: 'u:1-7' }, {}, cluster);

test('the sidecar of the primary moves the accounts of data that began on an older server', async () => {
  const pod = primary(v8_4);
  pod.write({ 'server/old-accounts': `${OLD}\n` });
  await startPeers(pod, {});
  await pod
    .start('xtrabackup')
    .waitForOutput(`moved accounts to caching_sha2_password, since later versions lack mysql_native_password: ${OLD}`);
  const moved = statements(pod)
    .at(-1)!
    .match(/ALTER USER '\w+'@'[^']+' IDENTIFIED WITH caching_sha2_password BY/g);
  expect(moved).toHaveLength(4);
});

test('it moves those with an empty password so that replicas do not take them for expired', async () => {
  const pod = primary(rendered({ version: MySqlVersion.V8_0, credentials: Credentials.insecure() }));
  for (const account of ['root', 'replication', 'backup', 'probe']) {
    pod.write({ [`mnt/credentials/${account}-password`]: '' });
  }
  pod.write({ 'server/old-accounts': `${OLD}\n` });
  await startPeers(pod, {});
  await pod.start('xtrabackup').waitForOutput('moved accounts to caching_sha2_password');
  const all = statements(pod).at(-1)!.split(';');
  const altered = all.filter((one) => one.includes("ALTER USER '"));
  expect(altered).toHaveLength(5);
  for (const one of altered) {
    const [, account] = /ALTER USER (\S+)/.exec(one)!;
    expect(all[all.indexOf(one) + 1]).toBe(` SET PASSWORD FOR ${account} = ''`);
  }
});

test('it moves them as well when somebody has moved them back', async () => {
  const pod = primary(v8_0);
  pod.setUptime(1000);
  await startPeers(pod, {});
  const run = pod.start('xtrabackup');
  await run.waitForOutput(' ready (open): ');
  pod.write({ 'server/old-accounts': `${OLD}\n` });
  pod.setUptime(1060);
  await run.waitForOutput(`moved accounts to caching_sha2_password`);
});

test('it names the accounts of others, once', async () => {
  const pod = primary(v8_0);
  pod.write({ 'server/old-accounts-of-others': 'shop@%\n' });
  await startPeers(pod, {});
  const run = pod.start('xtrabackup');
  const warning = 'WARNING: these accounts use mysql_native_password, which later versions lack: shop@%.';
  await run.waitForOutput(warning);
  pod.setUptime(100_000_000);
  await run.waitUntil('a look', () => pod.read('var/run/mysqld/judged') === '100000000\n');
  expect(run.output.split(warning)).toHaveLength(2);
});

describe('a replica whose accounts a later version would lock out', () => {
  const replica = async (cluster: Rendered) => {
    const server = { executed: 'u:1-5', configuration: CONFIGURED, threads: RUNNING };
    const pod = runningPod(1, server, REPLICATED, cluster);
    pod.write({ 'server/old-accounts': `${OLD}\n` });
    await startPeers(pod, { 'mysql-0': stateOf('mysql-0', { mode: 'open', executed: 'u:1-7' }) });
    const run = pod.start('xtrabackup');
    await run.waitForOutput(' ready (replicating): ');
    return { pod, run };
  };

  test('has a note of them in its data directory until the primary has moved them', async () => {
    const { pod, run } = await replica(v8_0);
    expect(pod.read(NOTE)).toBe(`${OLD}\n`);
    pod.write({ 'server/old-accounts': '\n' });
    await run.waitUntil('the note to be removed', () => !pod.has(NOTE));
    pod.setUptime(100_000_000);
    pod.write({ 'server/old-accounts': `${OLD}\n` });
    await run.waitUntil('the note of a change by a person', () => pod.has(NOTE));
  });

  test('has none on that version itself, whose next start must not be refused', async () => {
    const { pod } = await replica(v8_4);
    expect(pod.has(NOTE)).toBe(false);
  });
});

/** The pod of a replica whose volume has a complete data directory, with a note or without. */
function stopped(cluster: Rendered, note?: string): Sandbox {
  const sandbox = new Sandbox(cluster, 1);
  sandbox.write({
    ...secret(),
    'mnt/data/mysql/.complete': 'cluster=c-1\ninstance=mysql-1\n',
    ...(note === undefined ? {} : { [NOTE]: note }),
  });
  return sandbox;
}

test.each([
  ['8.4', v8_4],
  ['9.7', v9_7],
])('MySQL %s does not start on data with such a note, and leaves it unchanged', async (_, cluster) => {
  const sandbox = stopped(cluster, `${OLD}\n`);
  const before = sandbox.tree('mnt/data');
  const run = sandbox.start('init-mysql');
  expect(await run.code()).toBe(1);
  expect(run.output).toContain(
    `REFUSED: nobody could log in with the accounts of the cluster that use an authentication plugin which this version lacks: ${OLD}. Nothing was changed.`,
  );
  expect(sandbox.tree('mnt/data')).toEqual(before);
});

test.each([
  ['8.0, on data with such a note', v8_0, `${OLD}\n`],
  ['8.4, on data without one', v8_4, undefined],
  ['9.7, on data without one', v9_7, undefined],
])('MySQL %s starts', async (_, cluster, note) => {
  expect(await stopped(cluster, note).start('init-mysql').code()).toBe(0);
});
