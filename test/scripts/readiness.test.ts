import { utimesSync } from 'fs';
import { runningPod } from './sandbox/running-pod';
import { Run, Sandbox } from './sandbox/sandbox';

const READINESS = 'mysql readinessProbe exec';

/** A pod whose server answers and whose sidecar has just said something. */
function pod(verdict: string): Sandbox {
  const sandbox = runningPod(1, {});
  sandbox.write({ 'var/run/mysqld/status': `${verdict}\n` });
  return sandbox;
}

async function expectUnready(run: Run, reason: string): Promise<void> {
  expect(await run.code()).toBeGreaterThan(0);
  expect(run.output).toContain(reason);
}

test('an instance is ready when the server answers and the sidecar has lately said so', async () => {
  const sandbox = pod('ready (replicating): from mysql-0');
  const run = sandbox.start(READINESS);
  expect([await run.code(), run.output]).toEqual([0, 'ready (replicating): from mysql-0\n']);
});

test('the probe logs in over TCP as an account of its own', async () => {
  const sandbox = pod('ready (open): yes');
  await sandbox.start(READINESS).code();
  expect(sandbox.read('server/arguments')).toContain('--host=127.0.0.1');
  expect(sandbox.read('server/login')).toBe('[client]\nuser=probe\npassword="of probe"\n');
});

describe('an instance is not ready, and the event says why, when', () => {
  test('the sidecar says so', async () => {
    await expectUnready(
      pod('unready (stopped): the applier stopped: x').start(READINESS),
      'unready (stopped): the applier stopped: x',
    );
  });

  test('the sidecar has not yet said anything', async () => {
    const sandbox = runningPod(1, {});
    await expectUnready(sandbox.start(READINESS), 'the xtrabackup container has given no verdict for 30 s');
  });

  test('the sidecar has said nothing for long', async () => {
    const sandbox = pod('ready (replicating): from mysql-0');
    const longAgo = Date.now() / 1000 - 31;
    utimesSync(sandbox.path('var/run/mysqld/status'), longAgo, longAgo);
    await expectUnready(sandbox.start(READINESS), 'the xtrabackup container has given no verdict for 30 s');
  });

  test('the server does not answer', async () => {
    const sandbox = pod('ready (replicating): from mysql-0');
    sandbox.remove('server/state');
    await expectUnready(sandbox.start(READINESS), 'ERROR 2002');
  });

  test('the walk-through has broken it, until it mends it', async () => {
    const sandbox = pod('ready (replicating): from mysql-0');
    sandbox.write({ 'var/run/mysqld/unready': '' });
    await expectUnready(sandbox.start(READINESS), 'unready exists');
    sandbox.remove('var/run/mysqld/unready');
    expect(await sandbox.start(READINESS).code()).toBe(0);
  });
});
