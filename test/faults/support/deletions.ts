import { TestCluster } from '../../e2e/support/cluster';

/** Deletes the pods of these instances at once, and waits until Kubernetes has replaced each. */
export async function deletePods(cluster: TestCluster, ordinals: number[], graceSeconds: number): Promise<void> {
  const pods = await Promise.all(ordinals.map((ordinal) => cluster.pod(ordinal)));
  const how = graceSeconds ? [`--grace-period=${graceSeconds}`] : ['--force', '--grace-period=0'];
  await cluster.kubectl('delete', 'pod', ...pods.map(({ name }) => name), '--wait=false', ...how);
  await Promise.all(pods.map(({ uid }, i) => cluster.replaced(ordinals[i], uid)));
}
