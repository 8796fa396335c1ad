import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Cluster } from '../cluster';
import { isReserver } from './reserved-names';
import { rule, Rule } from './rule';

/** A workload of the app that is not of this library, and the labels of its pods. */
interface Workload {
  readonly path: string;
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, unknown>>;
}

/** Rules on what the selector of the Services, the NetworkPolicy and the budget finds. */
export const selectorRules: readonly Rule<Cluster>[] = [
  rule(
    'name',
    'gives a selector that no other workload of the app matches in the same namespace',
    (cluster) => selectedWorkloads(cluster).length === 0,
    (cluster) =>
      `name: "${cluster.name}" makes Services, NetworkPolicy and budget select the pods of ${selectedWorkloads(cluster)
        .map(({ path }) => path)
        .join(', ')} too, whose labels have all of ${Object.entries(cluster.selector)
        .map(([key, value]) => `${key}: ${value}`)
        .join(', ')}. Change one of these labels there, or the name here`,
  ),
];

function selectedWorkloads({ construct, namespace, selector }: Cluster): Workload[] {
  return workloadsOf(construct.node.root).filter(
    (workload) =>
      workload.namespace === namespace &&
      Object.entries(selector).every(([key, value]) => workload.labels[key] === value),
  );
}

const known = new WeakMap<IConstruct, readonly Workload[]>();

/** Walks the tree once per app: cdk8s runs validations once per chart. */
function workloadsOf(root: IConstruct): readonly Workload[] {
  const found = known.get(root) ?? root.node.findAll().flatMap(workload);
  known.set(root, found);
  return found;
}

function workload(construct: IConstruct): Workload[] {
  if (!ApiObject.isApiObject(construct) || isReserver(construct.node.scope)) return [];
  const { kind, metadata, spec } = construct.toJson();
  const template = kind === 'Pod' ? { metadata } : (spec?.jobTemplate?.spec?.template ?? spec?.template);
  const labels = template?.metadata?.labels;
  return labels ? [{ path: construct.node.path, namespace: metadata?.namespace, labels }] : [];
}
