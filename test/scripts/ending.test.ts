import { rendered } from './sandbox/rendered';
import { startPeers, runningPod, stateOf } from './sandbox/running-pod';
import { Run, Sandbox } from './sandbox/sandbox';
import { secret } from './sandbox/secret';

// A deleted pod ends only when all its containers have ended, so a waiting script must stop waiting.

/** Starts a script with very long sleeps, and resolves once its output contains a text. */
async function startWaiting(sandbox: Sandbox, container: string, output: string): Promise<Run> {
  const run = sandbox.start(container, { env: { SLEEP: '100' } });
  await run.waitForOutput(output);
  return run;
}

test.each<[string, () => Promise<Run>]>([
  [
    'init-mysql, while it waits for DNS,',
    () => {
      const sandbox = new Sandbox(rendered(), 0);
      sandbox.write(secret());
      return startWaiting(sandbox, 'init-mysql', 'not initialized yet');
    },
  ],
  [
    'clone-mysql, while it waits for a donor,',
    () => {
      const sandbox = new Sandbox(rendered(), 1);
      sandbox.write(secret());
      return startWaiting(sandbox, 'clone-mysql', 'no clone yet');
    },
  ],
  [
    'xtrabackup, while it watches a replica,',
    async () => {
      const sandbox = runningPod(1, {
        executed: 'u:1-7',
        threads: 'ON|0|ON|0||',
        configuration: 'mysql-0.mysql|3306|1|YES|5|1',
      });
      await startPeers(sandbox, { 'mysql-0': stateOf('mysql-0', { mode: 'open', executed: 'u:1-7' }) });
      return startWaiting(sandbox, 'xtrabackup', 'ready (');
    },
  ],
])('%s ends at once on SIGTERM', async (_, start) => {
  const run = await start();
  run.terminate();
  expect(await run.code()).toBe(143);
});
