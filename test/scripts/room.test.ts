import { Peer } from './sandbox/peer';
import { byXtrabackup } from './sandbox/rendered';
import { runningPod, startPeers } from './sandbox/running-pod';
import { newIp, Sandbox } from './sandbox/sandbox';
import { secret } from './sandbox/secret';

const cluster = byXtrabackup();

/** What df says of a volume with so much room. */
const df = (free: string, inodes: string, freeInodes: string) =>
  `   Avail 1M-blocks Inodes IFree\n ${free} 10000M ${inodes} ${freeInodes}\n`;

const FULL = 'unready (full): less than 16 MiB or 16 inodes are free on the volume, and mysqld waits for room';

describe('the sidecar', () => {
  const primary = async (measured: string) => {
    const sandbox = runningPod(0, { executed: 'u:1-3' }, {}, cluster);
    sandbox.write({ df: measured });
    sandbox.setUptime(1000);
    await startPeers(sandbox, {});
    return { sandbox, run: sandbox.start('xtrabackup') };
  };

  test.each([
    ['bytes', df('15M', '655360', '600000')],
    ['inodes', df('9000M', '655360', '15')],
  ])('reports a volume that has run out of %s, until there is room', async (_, measured) => {
    const { sandbox, run } = await primary(measured);
    await run.waitForOutput(FULL);
    sandbox.write({ df: df('16M', '655360', '16') });
    sandbox.setUptime(1010);
    await run.waitForOutput(' ready (open)');
  });

  test.each([
    ['0', '0'],
    ['0', '-'],
    ['-', '-'],
  ])('does not miss inodes on a file system that has no number of them: %s, %s', async (inodes, free) => {
    const { run } = await primary(df('9000M', inodes, free));
    await run.waitForOutput(' ready (open)');
    expect(run.output).not.toContain('(full)');
  });
});

test('clone-mysql logs that the volume has no inodes left, before it receives anything', async () => {
  const state = 'state|mysql-0|complete|c-1|open|u:1-3|||0:';
  const { ip } = await Peer.start(newIp(), { state, clone: 'offer|mysql-0|c-1|1048576' });
  const sandbox = new Sandbox(cluster, 1);
  sandbox.write({ ...secret(), df: df('9000M', '655360', '15') });
  sandbox.setDnsForPods({ 'mysql-0': ip });
  const run = sandbox.start('clone-mysql');
  await run.waitForOutput('too little room for a clone of 1 MiB: 9000 MiB and 15 inodes are free.');
});
