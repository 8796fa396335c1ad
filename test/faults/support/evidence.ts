import { TestCluster } from '../../e2e/support/cluster';
import { tryKubectl } from '../../e2e/support/kubectl';

const CONTAINERS = ['init-mysql', 'clone-mysql', 'mysql', 'xtrabackup'] as const;

/** What a person would look at first: the pods, and the ends of their logs. */
export async function evidence(cluster: TestCluster): Promise<string> {
  const inNamespace = ['--namespace', cluster.namespace];
  const show = async (title: string, args: string[], lines: number) => {
    const { stdout, stderr } = await tryKubectl([...inNamespace, ...args]);
    const text = (stdout || stderr).trimEnd().split('\n').slice(-lines);
    return [`--- ${title}`, ...text].join('\n');
  };
  const pods = await tryKubectl([...inNamespace, 'get', 'pods', '-l', 'app=mysql', '-o', 'name']);
  const names = pods.stdout.split('\n').filter(Boolean);
  const parts = [show('pods', ['get', 'pods', '-o', 'wide'], 20)];
  for (const name of names)
    for (const container of CONTAINERS)
      parts.push(show(`${name} ${container}`, ['logs', name, '-c', container, '--tail=8'], 8));
  return (await Promise.all(parts)).join('\n');
}
