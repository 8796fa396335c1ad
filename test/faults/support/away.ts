import { TestCluster } from '../../e2e/support/cluster';
import { eventually } from '../../e2e/support/eventually';

/**
 * Deletes the pod of an instance, and keeps Kubernetes from scheduling the next one while `action` runs. A pod with an
 * anti-affinity against it does that within one namespace, and does not disturb the clusters in others.
 */
export async function whileAway<T>(cluster: TestCluster, ordinal: number, action: () => Promise<T>): Promise<T> {
  const { node, uid } = await cluster.pod(ordinal);
  const name = `blocks-mysql-${ordinal}`;
  await cluster.create(blocker(name, node, `mysql-${ordinal}`));
  try {
    await cluster.kubectl('delete', 'pod', `mysql-${ordinal}`, '--wait=false', '--grace-period=30');
    await cluster.replaced(ordinal, uid);
    await eventually(`mysql-${ordinal} kept away`, async () =>
      (await cluster.kubectl('get', 'events', '--field-selector', `involvedObject.name=mysql-${ordinal}`)).includes(
        'anti-affinity',
      )
        ? true
        : undefined,
    );
    return await action();
  } finally {
    await cluster.kubectl('delete', 'pod', name, '--now');
  }
}

/** A pod with a fixed node, because the scheduler would not place it next to the pod that it blocks. */
function blocker(name: string, nodeName: string, blocked: string): object {
  const labelSelector = { matchLabels: { 'statefulset.kubernetes.io/pod-name': blocked } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: {
      nodeName,
      affinity: {
        podAntiAffinity: {
          // All nodes have the same value of this key, so the pod is blocked on each of them.
          requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector, topologyKey: 'kubernetes.io/os' }],
        },
      },
      containers: [{ name: 'sleep', image: 'busybox:1.36', command: ['sleep', '1000000'] }],
    },
  };
}
