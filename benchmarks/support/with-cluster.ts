import { TestCluster } from '../../test/e2e/support/cluster';

/** Runs an action with an empty namespace, and waits afterwards until all that was in it is gone. */
export async function withCluster<T>(name: string, action: (cluster: TestCluster) => Promise<T>): Promise<T> {
  const cluster = await TestCluster.create(`benchmark-${name}`);
  try {
    return await action(cluster);
  } finally {
    await cluster.destroy();
    await cluster.kubectl('wait', '--for=delete', `namespace/${cluster.namespace}`, '--timeout=600s');
  }
}
