import { TestCluster } from '../../test/e2e/support/cluster';
import { kubectl } from '../../test/e2e/support/kubectl';

/** CPU time that a container has used, as its kubelet counted it. */
interface Usage {
  /** The container's name. */
  readonly container: string;
  /** When the kubelet counted, in ms. */
  readonly time: number;
  readonly milliseconds: number;
}

/** CPU time in ms per second, by name of the container, summed over the instances. */
export type ContainerCpu = Readonly<Record<string, number>>;

/** Measures the CPU time of the containers of a cluster during an action, without a process in any of them. */
export async function containerCpu<T>(
  cluster: TestCluster,
  action: () => Promise<T>,
): Promise<{ result: T; cpu: ContainerCpu }> {
  const from = await usages(cluster);
  const result = await action();
  const to = await usages(cluster);
  const cpu: Record<string, number> = {};
  for (const [id, { container, time, milliseconds }] of to) {
    const before = from.get(id);
    if (!before || before.time === time) throw new Error(`the kubelet has not counted the CPU time of ${id} twice`);
    const rate = ((milliseconds - before.milliseconds) / (time - before.time)) * 1000;
    cpu[container] = (cpu[container] ?? 0) + rate;
  }
  return { result, cpu };
}

async function usages(cluster: TestCluster): Promise<Map<string, Usage>> {
  const nodes = new Set((await cluster.pods()).map(({ node }) => node));
  const usages = new Map<string, Usage>();
  for (const node of nodes) {
    const { pods } = JSON.parse(await kubectl(['get', '--raw', `/api/v1/nodes/${node}/proxy/stats/summary`]));
    for (const { podRef, containers } of pods as PodStats[]) {
      if (podRef.namespace !== cluster.namespace) continue;
      for (const { name, cpu } of containers)
        usages.set(`${podRef.name} ${name}`, {
          container: name,
          time: Date.parse(cpu.time),
          milliseconds: cpu.usageCoreNanoSeconds / 1e6,
        });
    }
  }
  return usages;
}

/** A part of the kubelet's summary. */
interface PodStats {
  readonly podRef: { readonly name: string; readonly namespace: string };
  readonly containers: readonly { name: string; cpu: { time: string; usageCoreNanoSeconds: number } }[];
}
