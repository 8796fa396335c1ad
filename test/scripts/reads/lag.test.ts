import { once } from 'events';
import { createServer, Server } from 'net';
import { Duration } from 'cdk8s';
import { MySqlVersion, Reads } from '../../../lib';
import { READY_PORT } from '../../../lib/names';
import { Answers } from '../sandbox/peer';
import { rendered } from '../sandbox/rendered';
import { REPLICATED, RUNNING, startPeers, runningPod, stateOf } from '../sandbox/running-pod';
import { Sandbox } from '../sandbox/sandbox';

const bounded = rendered({ reads: { maxLag: Duration.seconds(10) } });
const OPEN = { 'mysql-0': stateOf('mysql-0', { mode: 'open', executed: 'u:1-7' }) };

/** A replica that has replicated, and whose lag is `behind` seconds. */
function replica(threads: string, behind: number, cluster = bounded): Sandbox {
  const sandbox = runningPod(1, { executed: 'u:1-5', threads }, REPLICATED, cluster);
  sandbox.write({ 'server/behind': `${behind}\n` });
  return sandbox;
}

test.each([
  [0, 'ready (replicating): from mysql-0'],
  [10, 'ready (replicating): from mysql-0'],
  [11, 'unready (lagging): more than 10 s behind mysql-0'],
])('with reads.maxLag of 10 s, the verdict on a replica %i s behind is %s', async (behind, verdict) => {
  const sandbox = replica(RUNNING, behind);
  await startPeers(sandbox, OPEN);
  await sandbox.start('xtrabackup').waitForOutput(verdict);
});

test('a replica becomes ready again when it has caught up', async () => {
  const sandbox = replica(RUNNING, 60);
  await startPeers(sandbox, OPEN);
  const run = sandbox.start('xtrabackup');
  await run.waitForOutput('unready (lagging): more than 10 s behind mysql-0');
  sandbox.write({ 'server/behind': '0\n' });
  await run.waitForOutput(' ready (replicating): from mysql-0');
});

describe('while the primary is away, the bound counts from when the replica was last known to be close:', () => {
  /** A replica that is close, until its primary goes away 1000 s after the start of the node. */
  const away = async (answers: Answers = {}) => {
    const sandbox = replica(RUNNING, 0);
    sandbox.setUptime(1000);
    const [primary] = await startPeers(sandbox, OPEN);
    const run = sandbox.start('xtrabackup');
    await run.waitForOutput(' ready (replicating): from mysql-0');
    sandbox.write({ 'server/threads': 'OFF|0|ON|0||\n' });
    primary.answers = answers;
    return { sandbox, run };
  };

  test('until then it is ready, then it is not', async () => {
    const { sandbox, run } = await away();
    sandbox.setUptime(1010);
    await run.waitForOutput(' ready (detached): reads go on without the primary');
    sandbox.setUptime(1011);
    await run.waitForOutput(
      'unready (lagging): last known to be close to mysql-0 more than 10 s ago: mysql-0 does not answer',
    );
  });

  test('a replica that has not been close since the start of its pod is not ready', async () => {
    const sandbox = replica('OFF|0|ON|0||', 0);
    await startPeers(sandbox, { 'mysql-0': undefined });
    await sandbox.start('xtrabackup').waitForOutput('unready (lagging): last known to be close to mysql-0');
  });

  test('a closed primary that has nothing more says that the replica is close', async () => {
    const { sandbox, run } = await away({ state: stateOf('mysql-0', { executed: 'u:1-5' }) });
    sandbox.setUptime(2000);
    await run.waitForOutput(' ready (detached): reads go on without the primary: it is not open');
    expect(sandbox.read('var/run/mysqld/close')).toBe('2000\n');
  });

  test('a closed primary that has more does not', async () => {
    const { sandbox, run } = await away({ state: stateOf('mysql-0', { executed: 'u:1-7' }) });
    sandbox.setUptime(2000);
    await run.waitForOutput('unready (lagging): last known to be close to mysql-0 more than 10 s ago: it is not open');
  });
});

describe('where nobody but replicas serves reads, one that is too far behind', () => {
  const replicasOnly = rendered({
    replicas: 4,
    reads: { maxLag: Duration.seconds(10), from: Reads.fromReplicas({ fallBackToPrimary: false }) },
  });

  const ports: Server[] = [];
  afterEach(() => ports.splice(0).forEach((port) => port.close()));

  /** Starts the sidecar of a replica that is far behind, beside a replica that has executed more; `ready` opens its port. */
  const beside = async (other: { ready: boolean; executed: string }) => {
    const sandbox = replica(RUNNING, 60, replicasOnly);
    const [, peer] = await startPeers(sandbox, { ...OPEN, 'mysql-2': stateOf('mysql-2', other) });
    if (other.ready) {
      ports.push(createServer().listen(READY_PORT, peer.ip));
      await once(ports[0], 'listening');
    }
    return sandbox.start('xtrabackup');
  };

  test('goes on while no other has more', async () => {
    const run = await beside({ ready: true, executed: 'u:1-5' });
    await run.waitForOutput(
      'ready (replicating): more than 10 s behind mysql-0, but no other replica that is ready has more',
    );
  });

  test('goes on while another that has more is not ready', async () => {
    const run = await beside({ ready: false, executed: 'u:1-6' });
    await run.waitForOutput('but no other replica that is ready has more');
  });

  test('is not ready while another that has more is', async () => {
    const run = await beside({ ready: true, executed: 'u:1-6' });
    await run.waitForOutput('unready (lagging): more than 10 s behind mysql-0');
    expect(run.output).not.toContain('ready has more');
  });
});

test('without reads.maxLag, a replica is ready at any lag', async () => {
  const sandbox = replica(RUNNING, 3600, rendered());
  await startPeers(sandbox, OPEN);
  await sandbox.start('xtrabackup').waitForOutput(' ready (replicating): from mysql-0');
});

/** What SHOW SLAVE STATUS prints on MySQL 5.7, in columns and without their names. */
const slaveStatus = (behind: string) =>
  [
    ...['Waiting for master to send event', 'mysql-0.mysql', 'replication', '3306', '5'],
    ...['binlog.000002', '194', 'relay.000002', '407', 'binlog.000002', 'Yes', 'Yes', '', '', '', '', '', ''],
    ...['0', '', '0', '194', '605', 'None', '', '0', 'Yes', '/var/run/mysqld/primary.pem', '', '', '', ''],
    ...[behind, 'No', '0', '', '0', '', '', '100', '5a9dd3e8-cb40-11f0-9ce4-0a580af40109', 'mysql.slave_master_info'],
    ...['0', 'NULL', 'Reading event from the relay log', '1', '', '', '', '', ''],
    ...['5a9dd3e8-cb40-11f0-9ce4-0a580af40109:1-7', '5a9dd3e8-cb40-11f0-9ce4-0a580af40109:1-5', '1', '', '', ''],
  ].join('\t');

test.each([
  ['10', 'ready (replicating): from mysql-0'],
  ['11', 'unready (lagging): more than 10 s behind mysql-0'],
])('with reads.maxLag of 10 s, the verdict on a replica of MySQL 5.7 %s s behind is %s', async (behind, verdict) => {
  const v5_7 = rendered({ version: MySqlVersion.V5_7, reads: { maxLag: Duration.seconds(10) } });
  const sandbox = replica(RUNNING, 0, v5_7);
  sandbox.write({ 'server/slave-status': `${slaveStatus(behind)}\n` });
  await startPeers(sandbox, OPEN);
  await sandbox.start('xtrabackup').waitForOutput(verdict);
});
