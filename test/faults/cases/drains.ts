import { eventually } from '../../e2e/support/eventually';
import { kubectl, tryKubectl } from '../../e2e/support/kubectl';
import { Fault, RoundContext } from '../fault';

/** Drains a node as far as the budget permits, and uncordons it. */
async function drain({ cluster, inject, instances, patience }: RoundContext, node: string): Promise<void> {
  const here = (await cluster.pods()).filter((pod) => pod.node === node);
  const evicted = async () => {
    const pods = await cluster.pods();
    return here.filter(({ uid }) => pods.every((pod) => pod.uid !== uid)).length;
  };
  try {
    await inject(async () => {
      const how = ['--ignore-daemonsets', '--delete-emptydir-data', '--pod-selector=app=mysql', '--timeout=300s'];
      const { code, stderr } = await tryKubectl(['drain', node, ...how]);
      // A volume bound to the node keeps its pod from starting elsewhere, so the budget holds back the next eviction.
      const heldBack = here.length > 1 && stderr.includes("violate the pod's disruption budget");
      if (code !== 0 && !heldBack) throw new Error(`drain of ${node} failed: ${stderr}`);
    });
    await eventually(`an instance of ${node} evicted`, async () => ((await evicted()) ? true : undefined));
    const ready = (await cluster.pods()).filter((pod) => pod.ready);
    if (ready.length < instances - 1)
      throw new Error(`the budget permitted ${instances - ready.length} instances to be down`);
  } finally {
    await kubectl(['uncordon', node]);
  }
  await cluster.ready(instances, patience);
}

export const drains: Fault[] = [
  {
    name: 'nodes-drained',
    number: 17,
    title: 'each node is drained in turn, with a PodDisruptionBudget',
    heals: true,
    quick: false,
    alone: true,
    readsGoOn: true,
    props: { termination: {} }, // the defaults, with which a pod leaves the endpoints before its server stops
    async prepare({ cluster }) {
      if (await cluster.kubectl('get', 'poddisruptionbudgets', '-o', 'name')) return;
      await cluster.create({
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: 'mysql' },
        spec: { maxUnavailable: 1, selector: { matchLabels: { app: 'mysql' } } },
      });
    },
    async round(context) {
      const nodes = [...new Set((await context.cluster.pods()).map(({ node }) => node))].sort();
      for (const node of nodes) await drain(context, node);
    },
  },
];
