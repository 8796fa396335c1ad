import { TestCluster } from '../../e2e/support/cluster';

const POLICY = 'no-dns';

/** Lets the instances connect only to ports 3306 and 3307 while `action` runs. DNS is gone for them and for nobody else. */
export async function withoutDns<T>(cluster: TestCluster, action: () => Promise<T>): Promise<T> {
  await cluster.create({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: POLICY },
    spec: {
      podSelector: { matchLabels: { app: 'mysql' } },
      policyTypes: ['Egress'],
      egress: [{ ports: [{ port: 3306 }, { port: 3307 }] }],
    },
  });
  try {
    return await action();
  } finally {
    await cluster.kubectl('delete', 'networkpolicy', POLICY);
  }
}
