import { TestCluster } from '../../e2e/support/cluster';

const POLICY = 'no-dns';

/** Lets the instances send nothing but what they say to each other, while `action` runs: DNS is gone for them alone. */
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
