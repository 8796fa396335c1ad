import { TestCluster } from '../../test/e2e/support/cluster';
import { removing } from './removals';

/** Runs an action with an empty namespace, and removes it afterwards. */
export async function withCluster<T>(name: string, action: (cluster: TestCluster) => Promise<T>): Promise<T> {
  const cluster = await TestCluster.create(`benchmark-${name}`);
  const result = await removing(
    () => cluster.destroy(),
    () => action(cluster),
  );
  await cluster.kubectl('wait', '--for=delete', 'pod', '--all', '--timeout=600s'); // what comes next measures
  return result;
}
