import { eventually } from '../../e2e/support/eventually';
import { kubectl, tryKubectl } from '../../e2e/support/kubectl';
import { Fault, Run } from '../fault';

/** Drains a node as far as the budget lets it, and gives it back. */
async function drain({ cluster, inject, instances, patience }: Run, node: string): Promise<void> {
  const here = (await cluster.pods()).filter((pod) => pod.node === node);
  const evicted = async () => {
    const pods = await cluster.pods();
    return here.filter(({ uid }) => pods.every((pod) => pod.uid !== uid)).length;
  };
  try {
    await inject(async () => {
      const how = ['--ignore-daemonsets', '--delete-emptydir-data', '--pod-selector=app=mysql', '--timeout=300s'];
      const { code, stderr } = await tryKubectl(['drain', node, ...how]);
      // A volume that is bound to the node keeps its pod away, so the budget holds back the next one.
      const heldBack = here.length > 1 && stderr.includes("violate the pod's disruption budget");
      if (code !== 0 && !heldBack) throw new Error(`${node} is not drained: ${stderr}`);
    });
    await eventually(`an instance of ${node} evicted`, async () => ((await evicted()) ? true : undefined));
    const ready = (await cluster.pods()).filter((pod) => pod.ready);
    if (ready.length < instances - 1) throw new Error(`the budget let ${instances - ready.length} instances go`);
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
    props: { termination: {} }, // the defaults: pods leave the endpoints before their servers stop
    async prepare({ cluster }) {
      if (await cluster.kubectl('get', 'poddisruptionbudgets', '-o', 'name')) return;
      await cluster.create({
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: 'mysql' },
        spec: { maxUnavailable: 1, selector: { matchLabels: { app: 'mysql' } } },
      });
    },
    async round(run) {
      const nodes = [...new Set((await run.cluster.pods()).map(({ node }) => node))].sort();
      for (const node of nodes) await drain(run, node);
    },
  },
];
