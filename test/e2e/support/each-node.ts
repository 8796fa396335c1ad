import { TestCluster } from './cluster';

/** Runs a pod on each node, whatever its taints, and waits until all of them run. */
export async function runOnEachNode(space: TestCluster, name: string, spec: object): Promise<void> {
  const labels = { app: name };
  const daemonSet = {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { tolerations: [{ operator: 'Exists' }], terminationGracePeriodSeconds: 0, ...spec },
      },
    },
  };
  await space.create(daemonSet);
  await space.kubectl('rollout', 'status', `daemonset/${name}`, '--timeout=300s');
}
