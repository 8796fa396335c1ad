import { connect } from 'net';
import { CloneMethod } from '../../../lib';
import { rendered } from '../sandbox/rendered';
import { runningPod, setServerState, startPeers, stateOf } from '../sandbox/running-pod';
import { Run, Sandbox } from '../sandbox/sandbox';

const REPLICATING = {
  executed: 'u:1-5',
  threads: 'ON|0|ON|0||',
  configuration: 'mysql-0.mysql|3306|1|YES|/var/run/mysqld/primary.pem|5|1',
};
const MARKS = { '.replicating': 'from mysql-0\n', '.connected': 'to mysql-0\n' };
const OPEN = stateOf('mysql-0', { mode: 'open', executed: 'u:1-7' });

/** Whether the kubelet's probe would succeed. */
const isReady = (pod: Sandbox): Promise<boolean> =>
  new Promise((resolve) => {
    const connection = connect(3309, pod.ip);
    connection.once('connect', () => resolve(true)).once('error', () => resolve(false));
    connection.once('connect', () => connection.destroy());
  });

/** Waits until a condition holds. `what` describes it in the error. */
async function until(what: string, run: Run, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 30_000; !(await holds());) {
    if (Date.now() > deadline) throw new Error(`timed out waiting for ${what}:\n${run.output}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const becomes = (pod: Sandbox, ready: boolean, run: Run) =>
  until(ready ? 'ready' : 'unready', run, async () => (await isReady(pod)) === ready);

/** A replica that is ready, and the running script of its sidecar. */
async function readyReplica(): Promise<{ replica: Sandbox; run: Run }> {
  const replica = runningPod(1, REPLICATING, MARKS);
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
  await until('a verdict', run, () => replica.read('var/run/mysqld/judged') === '1000000\n');
  await becomes(replica, true, run);
  replica.write({ 'server/hanging': 'START REPLICA', 'server/threads': 'OFF|0|ON|0||\n' }); // no deadline ends it
  await until('the sidecar to hang', run, () => replica.read('server/hung').length > 0);
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
