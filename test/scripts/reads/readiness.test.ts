import { connect } from 'net';
import { CloneMethod } from '../../../lib';
import { byXtrabackup, rendered } from '../sandbox/rendered';
import {
  CONFIGURED,
  REPLICATED,
  runningPod,
  RUNNING,
  setServerState,
  startPeers,
  stateOf,
} from '../sandbox/running-pod';
import { Run, Sandbox } from '../sandbox/sandbox';

const withSocat = byXtrabackup();
const REPLICATING = { executed: 'u:1-5', threads: RUNNING, configuration: CONFIGURED };
const OPEN = stateOf('mysql-0', { mode: 'open', executed: 'u:1-7' });

/** Whether the kubelet's probe would succeed. */
const isReady = (pod: Sandbox): Promise<boolean> =>
  new Promise((resolve) => {
    const connection = connect(3309, pod.ip);
    connection.once('connect', () => resolve(true)).once('error', () => resolve(false));
    connection.once('connect', () => connection.destroy());
  });

async function becomes(pod: Sandbox, ready: boolean, run: Run): Promise<void> {
  for (const deadline = Date.now() + 30_000; (await isReady(pod)) !== ready;) {
    if (Date.now() > deadline) throw new Error(`not ${ready ? 'ready' : 'unready'} within 30 s:\n${run.output}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A replica that is ready, and the running script of its sidecar. */
async function readyReplica(): Promise<{ replica: Sandbox; run: Run }> {
  const replica = runningPod(1, REPLICATING, REPLICATED, withSocat);
  replica.write({ 'server/hung': '' });
  await startPeers(replica, { 'mysql-0': OPEN });
  const run = replica.start('xtrabackup', { env: { LISTEN: 'yes' } });
  await becomes(replica, true, run);
  return { replica, run };
}

test('an instance becomes ready with the verdict ready, and unready with another one', async () => {
  const { replica, run } = await readyReplica();
  replica.write({ 'server/threads': 'ON|0|OFF|1062|x|duplicate\n' });
  await run.waitForOutput('unready (stopped): the applier stopped: duplicate');
  await becomes(replica, false, run);
  replica.write({ 'server/threads': 'ON|0|ON|0||\n' });
  await becomes(replica, true, run);
});

test('the file unready takes it out, until a person deletes it', async () => {
  const { replica, run } = await readyReplica();
  replica.write({ 'var/run/mysqld/unready': '' });
  await becomes(replica, false, run);
  await run.waitForOutput('/unready exists');
  replica.remove('var/run/mysqld/unready');
  await becomes(replica, true, run);
});

test('a server that starts anew is unready before the sidecar has judged it', async () => {
  const { replica, run } = await readyReplica();
  replica.write({ 'server/hanging': 'state|' }); // so that the sidecar waits for an answer
  replica.remove('var/run/mysqld/status');
  await becomes(replica, false, run);
});

test('a verdict of more than 30 s ago is none', async () => {
  const { replica, run } = await readyReplica();
  replica.setUptime(1_000_000);
  await run.waitUntil('a verdict', () => replica.read('var/run/mysqld/judged') === '1000000\n');
  await becomes(replica, true, run);
  replica.write({ 'server/hanging': 'START REPLICA', 'server/threads': 'OFF|0|ON|0||\n' }); // no deadline ends it
  await run.waitUntil('the sidecar to hang', () => replica.read('server/hung').length > 0);
  replica.setUptime(1_000_031);
  await run.waitForOutput('not ready: there was no verdict for 30 s');
  await becomes(replica, false, run);
});

test('nobody can hold the connection', async () => {
  const { replica } = await readyReplica();
  const connection = connect(3309, replica.ip);
  await new Promise((resolve) => connection.once('close', resolve).resume().on('error', resolve));
  setServerState(replica, REPLICATING);
  expect(await isReady(replica)).toBe(true);
});

test('with the CLONE plugin, the listener takes one connection after the other, and reads nothing', async () => {
  const cluster = rendered({ cloneMethod: CloneMethod.clonePlugin() });
  const listener = /open_ready_port\(\) \{[^}]*'\n([^]*?\n)\}'\n\}/.exec(cluster.scripts.xtrabackup)![1];
  expect(listener).toMatch(/printf "" \|& socket/);
  expect(listener).not.toMatch(/getline/);
});
