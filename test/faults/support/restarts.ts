import { TestCluster } from '../../e2e/support/cluster';
import { eventually } from '../../e2e/support/eventually';

/** Replaces the pod of an instance if a container has restarted: Kubernetes delays each further restart longer. */
export async function withFreshPod(cluster: TestCluster, ordinal: number): Promise<void> {
  const { containers } = await cluster.pod(ordinal);
  if (Object.values(containers).every(({ restarts }) => restarts === 0)) return;
  await cluster.restart(ordinal);
  await eventually(`mysql-${ordinal} ready again`, async () => ((await cluster.pod(ordinal)).ready ? true : undefined));
}

/** Runs an action that ends a container, and waits until the container runs again. */
export async function restarted(
  cluster: TestCluster,
  ordinal: number,
  container: string,
  action: () => Promise<boolean>,
): Promise<void> {
  const { restarts } = (await cluster.pod(ordinal)).containers[container];
  if (!(await action())) throw new Error(`${container} of mysql-${ordinal} does not run`);
  await eventually(`${container} of mysql-${ordinal} started again`, async () => {
    const now = (await cluster.pod(ordinal)).containers[container];
    if (now.restarts === restarts || !now.running) throw new Error(JSON.stringify(now));
    return true;
  });
}
