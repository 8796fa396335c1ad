import { kubectl } from '../../e2e/support/kubectl';

/** Keeps every node at its limit: processes that only count, with more weight than the instances of a fault. */
export class LoadGenerator {
  /** Starts so many processes on each node. */
  public static async start(processes: number): Promise<LoadGenerator> {
    const namespace = `e2e-load-${Date.now().toString(36)}`;
    const labels = { app: 'load' };
    const objects = [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: { name: 'load', namespace },
        spec: {
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              terminationGracePeriodSeconds: 0,
              containers: [
                {
                  name: 'load',
                  image: 'busybox:1.36',
                  command: ['sh', '-c', `for i in $(seq ${processes}); do (while :; do :; done) & done; wait`],
                  resources: { requests: { cpu: '200m' } },
                },
              ],
            },
          },
        },
      },
    ];
    await kubectl(['create', '-f', '-'], objects.map((object) => JSON.stringify(object)).join('\n'));
    await kubectl(['--namespace', namespace, 'rollout', 'status', 'daemonset/load', '--timeout=300s']);
    return new LoadGenerator(namespace);
  }

  private constructor(private readonly namespace: string) {}

  public async stop(): Promise<void> {
    await kubectl(['delete', 'namespace', this.namespace, '--wait=false']);
  }
}
