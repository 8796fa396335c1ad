import { CLONE_PORT, MYSQL_PORT, PEER_PORT } from '../../../lib/names';
import { TestCluster } from '../../e2e/support/cluster';

const POLICY = 'no-dns';

/** Lets the instances connect only to the ports of instances while `action` runs. DNS is gone for them and for nobody else. */
export async function withoutDns<T>(cluster: TestCluster, action: () => Promise<T>): Promise<T> {
  await cluster.create({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: POLICY },
    spec: {
      podSelector: { matchLabels: { app: 'mysql' } },
      policyTypes: ['Egress'],
      egress: [{ ports: [MYSQL_PORT, PEER_PORT, CLONE_PORT].map((port) => ({ port })) }],
    },
  });
  try {
    return await action();
  } finally {
    await cluster.kubectl('delete', 'networkpolicy', POLICY);
  }
}
