import { runningPod } from './sandbox/running-pod';
import { Run, Sandbox } from './sandbox/sandbox';

const READINESS = 'mysql readinessProbe exec';

/** A replica whose server answers, and whose sidecar has given a verdict recently. */
function pod(verdict: string): Sandbox {
  const sandbox = runningPod(1, {});
  sandbox.setUptime(1000);
  sandbox.write({ 'var/run/mysqld/status': `${verdict}\n1000\n` });
  return sandbox;
}

async function expectUnready(run: Run, reason: string): Promise<void> {
  expect(await run.code()).toBeGreaterThan(0);
  expect(run.output).toContain(reason);
}

test('an instance is ready when the server answers and the sidecar has recently given the verdict ready', async () => {
  const sandbox = pod('ready (replicating): from mysql-0');
  const run = sandbox.start(READINESS);
  expect([await run.code(), run.output]).toEqual([0, 'ready (replicating): from mysql-0\n']);
});

test('the probe logs in over TCP as the account probe', async () => {
  const sandbox = pod('ready (open): yes');
  await sandbox.start(READINESS).code();
  expect(sandbox.read('server/arguments')).toContain('--host=127.0.0.1');
  expect(sandbox.read('server/login')).toBe('[client]\nuser=probe\npassword="of probe"\n');
});

describe('an instance is unready, and the output of the probe has the reason, when', () => {
  test('the verdict of the sidecar is unready', async () => {
    await expectUnready(
      pod('unready (stopped): the applier stopped: x').start(READINESS),
      'unready (stopped): the applier stopped: x',
    );
  });

  test('the sidecar has given no verdict yet', async () => {
    const sandbox = runningPod(1, {});
    await expectUnready(sandbox.start(READINESS), 'the xtrabackup container has given no verdict for 30 s');
  });

  test('the last verdict of the sidecar is more than 30 s old', async () => {
    const sandbox = pod('ready (replicating): from mysql-0');
    sandbox.setUptime(1031);
    await expectUnready(sandbox.start(READINESS), 'the xtrabackup container has given no verdict for 30 s');
  });

  test('the server does not answer', async () => {
    const sandbox = pod('ready (replicating): from mysql-0');
    sandbox.remove('server/state');
    await expectUnready(sandbox.start(READINESS), 'ERROR 2002');
  });

  test('a person has created the file unready, until they delete it', async () => {
    const sandbox = pod('ready (replicating): from mysql-0');
    sandbox.write({ 'var/run/mysqld/unready': '' });
    await expectUnready(sandbox.start(READINESS), 'unready exists');
    sandbox.remove('var/run/mysqld/unready');
    expect(await sandbox.start(READINESS).code()).toBe(0);
  });
});
