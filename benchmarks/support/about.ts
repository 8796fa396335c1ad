import { TestCluster } from '../../test/e2e/support/cluster';
import { kubectl } from '../../test/e2e/support/kubectl';

/** The date, and the versions of the server and of Kubernetes, as they stand above a table. */
export async function about(cluster: TestCluster): Promise<string> {
  const { serverVersion } = JSON.parse(await kubectl(['version', '-o', 'json']));
  const server = await cluster.sql(0, 'SELECT VERSION()');
  return `${new Date().toISOString().slice(0, 10)}, MySQL ${server}, Kubernetes ${serverVersion.major}.${serverVersion.minor}`;
}
