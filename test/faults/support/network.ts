import { setTimeout as pause } from 'timers/promises';
import { TestCluster } from '../../e2e/support/cluster';
import { Killer } from '../../e2e/support/killer';

const PRIORITY = 4242;

/**
 * Cuts the network of an instance for a time. Rules on its node silently drop all of its packets, including those of open
 * connections. A NetworkPolicy does not suffice: with it, open connections go on (tried).
 */
export async function withoutNetwork(
  killer: Killer,
  cluster: TestCluster,
  ordinal: number,
  seconds: number,
): Promise<void> {
  const { node } = await cluster.pod(ordinal);
  const address = (await cluster.kubectl('get', 'pod', `mysql-${ordinal}`, '-o', 'jsonpath={.status.podIP}')).trim();
  const rules = (action: string) =>
    ['from', 'to'].map((way) => `ip rule ${action} ${way} ${address} pref ${PRIORITY} type blackhole`).join(' && ');
  const run = async (script: string) => {
    const { code, stderr } = await killer.on(node, script);
    if (code !== 0) throw new Error(`on ${node}: ${script}: ${stderr}`);
  };
  try {
    await run(rules('add'));
    await pause(seconds * 1000); // the length of the fault
  } finally {
    await run(rules('del'));
  }
}
