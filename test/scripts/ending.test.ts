import { rendered } from './sandbox/rendered';
import { startPeers, runningPod, stateOf } from './sandbox/running-pod';
import { Run, Sandbox } from './sandbox/sandbox';
import { secret } from './sandbox/secret';

// A pod that is deleted ends when all its containers have: what waits must not wait on.

/** Starts the script of a container that waits for something, at the speed of a real clock. */
async function waiting(sandbox: Sandbox, container: string, says: string): Promise<Run> {
  const run = sandbox.start(container, { env: { SLEEP: '100' } });
  await run.waitForOutput(says);
  return run;
}

test.each<[string, () => Promise<Run>]>([
  [
    'init-mysql, which waits for DNS',
    () => {
      const sandbox = new Sandbox(rendered(), 0);
      sandbox.write(secret());
      return waiting(sandbox, 'init-mysql', 'not initialized yet');
    },
  ],
  [
    'clone-mysql, which waits for a donor',
    () => {
      const sandbox = new Sandbox(rendered(), 1);
      sandbox.write(secret());
      return waiting(sandbox, 'clone-mysql', 'no clone yet');
    },
  ],
  [
    'xtrabackup, which watches a replica',
    async () => {
      const sandbox = runningPod(1, {
        executed: 'u:1-7',
        threads: 'ON|0|ON|0||',
        configuration: 'mysql-0.mysql|3306|1|YES|5|0',
      });
      await startPeers(sandbox, { 'mysql-0': stateOf('mysql-0', { mode: 'open', executed: 'u:1-7' }) });
      return waiting(sandbox, 'xtrabackup', 'ready (');
    },
  ],
])('%s, ends at once when it is told to', async (_, start) => {
  const run = await start();
  run.terminate();
  expect(await run.code()).toBe(143);
});
