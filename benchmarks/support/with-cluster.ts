import { TestCluster } from '../../test/e2e/support/cluster';
import { kubectl } from '../../test/e2e/support/kubectl';
import { removing } from './removals';

/** Runs an action with an empty namespace, and removes it afterwards. */
export async function withCluster<T>(name: string, action: (cluster: TestCluster) => Promise<T>): Promise<T> {
  const cluster = await TestCluster.create(`benchmark-${name}`);
  const result = await removing(
    () => cluster.destroy(),
    () => action(cluster),
  );
  await kubectl(['wait', '--for=delete', `namespace/${cluster.namespace}`, '--timeout=600s']); // what comes next measures
  return result;
}
