import { TestCluster } from './cluster';
import { runOnEachNode } from './each-node';
import { eventually } from './eventually';
import { Result, tryKubectl } from './kubectl';

/** Kills containers as the kernel does: SIGKILL to every process at once, including the first one. */
export class Killer {
  /** Starts a privileged pod on each node, which sees the node's processes and routes. */
  public static async start(): Promise<Killer> {
    const space = await TestCluster.create('killer', { 'pod-security.kubernetes.io/enforce': 'privileged' });
    await runOnEachNode(space, 'killer', {
      hostPID: true,
      hostNetwork: true,
      containers: [
        {
          name: 'killer',
          image: 'busybox:1.36',
          command: ['sleep', '1000000'],
          securityContext: { privileged: true, runAsUser: 0 },
        },
      ],
    });
    return new Killer(space);
  }

  private constructor(private readonly space: TestCluster) {}

  public stop(): Promise<void> {
    return this.space.destroy();
  }

  /**
   * Kills a running container, or its processes of one name.
   *
   * @returns whether there was a process to kill
   */
  public async kill(cluster: TestCluster, ordinal: number, container: string, process?: string): Promise<boolean> {
    return (await this.each(cluster, ordinal, container, 'kill -9 ${p#/proc/}', process)) === 0;
  }

  /** Suspends the processes of a container until `thaw`. */
  public async freeze(cluster: TestCluster, ordinal: number, container: string, process?: string): Promise<boolean> {
    return (await this.each(cluster, ordinal, container, 'kill -STOP ${p#/proc/}', process)) === 0;
  }

  public async thaw(cluster: TestCluster, ordinal: number, container: string, process?: string): Promise<boolean> {
    return (await this.each(cluster, ordinal, container, 'kill -CONT ${p#/proc/}', process)) === 0;
  }

  /** Runs a command for each process of a container, with `$p` as its directory in /proc. @returns 0 if there was a process and no command failed */
  private async each(cluster: TestCluster, ordinal: number, container: string, command: string, process?: string) {
    const { node, containers } = await cluster.pod(ordinal);
    const id = containers[container]?.running ? containers[container].id : undefined;
    if (!id) return 1;
    const chosen = `grep -q ${id} $p/cgroup` + (process ? ` && [ "$(cat $p/comm)" = ${process} ]` : '');
    const script = `found=1; for p in /proc/[0-9]*; do if ${chosen}; then ${command} && found=0; fi; done 2>/dev/null; exit $found`;
    return (await this.on(node, script)).code;
  }

  /** Runs a script as root, among all processes of a node. */
  public async on(node: string, script: string): Promise<Result> {
    const pods = JSON.parse(await this.space.kubectl('get', 'pods', '-o', 'json')).items;
    const pod = pods.find((p: { spec: { nodeName: string } }) => p.spec.nodeName === node).metadata.name;
    return tryKubectl(['--namespace', this.space.namespace, 'exec', pod, '--', 'sh', '-c', script]);
  }
}

/** Waits until a container of an instance runs. */
export function running(cluster: TestCluster, ordinal: number, container: string): Promise<boolean> {
  return eventually(`${container} of mysql-${ordinal} runs`, async () => {
    const { containers } = await cluster.pod(ordinal);
    if (!containers[container]?.running) throw new Error(JSON.stringify(containers));
    return true;
  });
}
