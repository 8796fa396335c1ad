import { Exposure } from '../../lib';
import { small, TestCluster } from './support/cluster';
import { eventually } from './support/eventually';
import { tryKubectl } from './support/kubectl';

// Services that are exposed outside the namespace accept connections from their source ranges only.
describe('exposed Services', () => {
  let cluster: TestCluster;
  let visitors: TestCluster;

  beforeAll(async () => {
    [cluster, visitors] = await Promise.all([TestCluster.create('exposure'), TestCluster.create('visitors')]);
    const passwords = ['root', 'replication', 'backup', 'probe'].map((account) => [account, `of ${account}`]);
    await cluster.createSecret(Object.fromEntries(passwords));
    const props = { ...small, credentials: undefined, replicas: 1 };
    await cluster.apply(props);
    await cluster.ready(1);
    const { node } = await cluster.pod(0);
    const welcome = await visitor('welcome', node);
    await visitor('stranger', node);
    const sourceRanges = [`${welcome}/32`];
    await cluster.apply({
      ...props,
      services: {
        primary: { exposure: Exposure.loadBalancer({ sourceRanges }) },
        read: { exposure: Exposure.nodePort({ sourceRanges }) },
      },
    });
  });
  afterAll(() => Promise.all([cluster?.destroy(), visitors?.destroy()]));

  /** Starts a pod on a node, and returns its address. */
  async function visitor(name: string, node: string): Promise<string> {
    const overrides = JSON.stringify({ spec: { nodeName: node, terminationGracePeriodSeconds: 0 } });
    const image = '--image=busybox:1.36';
    await visitors.kubectl('run', name, image, `--overrides=${overrides}`, '--', 'sleep', '100000');
    await visitors.podReady(name);
    return visitors.kubectl('get', 'pod', name, '-o', 'jsonpath={.status.podIP}');
  }

  /** The address and port of a Service: its load balancer if Kubernetes has provided one, otherwise the pod's node. */
  async function door(service: string): Promise<[host: string, port: string]> {
    const { spec, status } = JSON.parse(await cluster.kubectl('get', 'service', service, '-o', 'json'));
    const balancer = status.loadBalancer?.ingress?.[0]?.ip;
    if (balancer) return [balancer, '3306'];
    const host = await cluster.kubectl('get', 'pod', 'mysql-0', '-o', 'jsonpath={.status.hostIP}');
    return [host, String(spec.ports[0].nodePort)];
  }

  /** Whether the server greets a client. */
  async function greeted(name: string, [host, port]: [string, string]): Promise<boolean> {
    const connect = `sleep 2 | nc -w 3 ${host} ${port} | grep -aq _password`; // the greeting names the authentication plugin
    const { code } = await tryKubectl(['--namespace', visitors.namespace, 'exec', name, '--', 'sh', '-c', connect]);
    return code === 0;
  }

  test.each(['mysql-primary', 'mysql-read'])('%s accepts connections from its source ranges only', async (service) => {
    const address = await eventually(`a greeting at ${service}`, async () => {
      const reached = await door(service);
      if (!(await greeted('welcome', reached))) throw new Error(`no greeting at ${reached.join(':')}`);
      return reached;
    });
    expect(await greeted('stranger', address)).toBe(false);
  });
});
