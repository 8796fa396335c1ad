import { kubectl } from './kubectl';

/** Runs a pod on each node, whatever its taints, and waits until all of them run. The namespace must exist. */
export async function runOnEachNode(namespace: string, name: string, spec: object): Promise<void> {
  const labels = { app: name };
  const daemonSet = {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { tolerations: [{ operator: 'Exists' }], terminationGracePeriodSeconds: 0, ...spec },
      },
    },
  };
  await kubectl(['create', '-f', '-'], JSON.stringify(daemonSet));
  await kubectl(['--namespace', namespace, 'rollout', 'status', `daemonset/${name}`, '--timeout=300s']);
}
