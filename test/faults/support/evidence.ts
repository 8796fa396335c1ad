import { PodStatus, TestCluster } from '../../e2e/support/cluster';
import { tryKubectl } from '../../e2e/support/kubectl';

/** What a person would look at first: the pods, and the last lines of their containers' logs. */
export async function evidence(cluster: TestCluster): Promise<string> {
  const show = async (title: string, ...args: string[]) => {
    const { stdout, stderr } = await tryKubectl(['--namespace', cluster.namespace, ...args]);
    return `--- ${title}\n${(stdout || stderr).trimEnd()}`;
  };
  const pods = await cluster.pods().catch((): PodStatus[] => []);
  const logs = pods.flatMap(({ name, ready, containers }) =>
    Object.entries(containers)
      .filter(([container, { id }]) => id && (!ready || container === 'xtrabackup'))
      .map(([container]) => show(`${name} ${container}`, 'logs', name, '-c', container, `--tail=${ready ? 4 : 8}`)),
  );
  return (await Promise.all([show('pods', 'get', 'pods', '-o', 'wide'), ...logs])).join('\n');
}
