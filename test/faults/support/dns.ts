import { TestCluster } from '../../e2e/support/cluster';

const POLICY = ['networkpolicy', 'mysql'];

/** Lets the instances connect only to each other while `action` runs. DNS is gone for them and for nobody else. */
export async function withoutDns<T>(cluster: TestCluster, action: () => Promise<T>): Promise<T> {
  const { egress } = JSON.parse(await cluster.kubectl('get', ...POLICY, '-o', 'json')).spec;
  const letOut = (rules: object[]) =>
    cluster.kubectl('patch', ...POLICY, '--type=merge', '--patch', JSON.stringify({ spec: { egress: rules } }));
  await letOut(egress.slice(0, 1)); // the first rule is that of the peers
  try {
    return await action();
  } finally {
    await letOut(egress);
  }
}
