import { TestCluster } from '../../e2e/support/cluster';
import { eventually } from '../../e2e/support/eventually';

/**
 * Ends the pod of an instance, and keeps the next one from being scheduled while `action` runs. A pod with an
 * anti-affinity against it does that in one namespace, and leaves the nodes to everybody else.
 */
export async function whileAway<T>(cluster: TestCluster, ordinal: number, action: () => Promise<T>): Promise<T> {
  const { node, uid } = await cluster.pod(ordinal);
  const name = `instead-of-mysql-${ordinal}`;
  await cluster.create(inTheWay(name, node, `mysql-${ordinal}`));
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

/** Given its node, because the scheduler would not put it beside what it is against. */
function inTheWay(name: string, nodeName: string, against: string): object {
  const labelSelector = { matchLabels: { 'statefulset.kubernetes.io/pod-name': against } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: {
      nodeName,
      affinity: {
        podAntiAffinity: {
          // The key has the same value on all nodes, so that it is kept from each of them.
          requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector, topologyKey: 'kubernetes.io/os' }],
        },
      },
      containers: [{ name: 'sleep', image: 'busybox:1.36', command: ['sleep', '1000000'] }],
    },
  };
}
