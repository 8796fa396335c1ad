import { Duration } from 'cdk8s';
import { lag } from '../../../lib/scripts/reads/lag';
import { rendered } from '../sandbox/rendered';
import { startPeers, runningPod, stateOf } from '../sandbox/running-pod';
import { Sandbox } from '../sandbox/sandbox';

const bounded = rendered({ reads: { maxLag: Duration.seconds(10) } });
const OPEN = { 'mysql-0': stateOf('mysql-0', { mode: 'open', executed: 'u:1-7' }) };

/** A replica that has replicated before, so many seconds behind. */
function replica(threads: string, behind: number, cluster = bounded): Sandbox {
  const marks = { '.replicating': 'from mysql-0\n', '.connected': 'to mysql-0\n' };
  const sandbox = runningPod(1, { executed: 'u:1-5', threads }, marks, cluster);
  sandbox.write({ 'server/behind': `${behind}\n` });
  return sandbox;
}

test.each([
  [0, 'ready (replicating): from mysql-0'],
  [10, 'ready (replicating): from mysql-0'],
  [11, 'unready (lagging): more than 10 s behind mysql-0'],
])('%i s behind, with a bound of 10 s: %s', async (behind, verdict) => {
  const sandbox = replica('ON|0|ON|0||', behind);
  await startPeers(sandbox, OPEN);
  await sandbox.start('xtrabackup').waitForOutput(verdict);
});

test('a replica that has caught up is ready again', async () => {
  const sandbox = replica('ON|0|ON|0||', 60);
  await startPeers(sandbox, OPEN);
  const run = sandbox.start('xtrabackup');
  await run.waitForOutput('unready (lagging): more than 10 s behind mysql-0');
  sandbox.write({ 'server/behind': '0\n' });
  await run.waitForOutput(' ready (replicating): from mysql-0');
});

test('without the primary there is nothing newer: reads go on', async () => {
  const sandbox = replica('OFF|0|ON|0||', 60);
  await startPeers(sandbox, { 'mysql-0': undefined });
  await sandbox.start('xtrabackup').waitForOutput(' ready (detached): reads go on without the primary');
});

test('without a bound, a replica may be behind as far as it likes', async () => {
  const sandbox = replica('ON|0|ON|0||', 3600, rendered());
  await startPeers(sandbox, OPEN);
  await sandbox.start('xtrabackup').waitForOutput(' ready (replicating): from mysql-0');
});

test('a server without commit timestamps is asked for its own estimate', () => {
  const script = lag({ maxLag: 10, commitTimestamps: false });
  expect(script).toContain('Seconds_Behind_Master');
  expect(script).not.toContain('COMMIT_TIMESTAMP');
});
