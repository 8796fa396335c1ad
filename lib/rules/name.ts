import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Cluster } from '../cluster';
import { podHost, PRIMARY, primaryServiceName, readServiceName } from '../names';
import { Namespaced, Reservation, reservedOnce } from './reserved-names';
import { rule, Rule } from './rule';
import { isDnsLabel, isServiceName } from './syntax';

/** Rules on the name of a StatefulSet and its headless Service, and on their namespace. */
export const statefulSetNameRules: readonly Rule<Namespaced & { readonly name: string }>[] = [
  rule(
    'name',
    'is the name of a Service: lower-case letters, digits and `-`, starting with a letter',
    ({ name }) => isServiceName(name),
    ({ name }) =>
      `name: "${name}" is not a valid name of a Service. Use lower-case letters, digits and "-", starting with a letter, for example "mysql"`,
  ),
  rule(
    // Pods have the label controller-revision-hash, <name>-<10 characters>, of at most 63 characters.
    'name',
    'has at most 52 characters, because the names and labels of the pods are longer',
    ({ name }) => name.length <= 52,
    ({ name }) =>
      `name: "${name}" has ${name.length} characters, too many for the names and labels of its pods. Use at most 52`,
  ),
  rule(
    'namespace',
    'is a DNS label: at most 63 lower-case letters, digits and `-`',
    ({ namespace }) => namespace === undefined || isDnsLabel(namespace),
    ({ namespace }) =>
      `namespace: "${namespace}" is not a DNS label. Use at most 63 lower-case letters, digits and "-"`,
  ),
  rule(
    // Else the objects would be in another namespace than their neighbours, or two clusters of one name in one.
    'namespace',
    'is set, here or in the chart, if that chart is inside another one that has a namespace, which cdk8s does not hand down',
    ({ construct, namespace }) => namespace !== undefined || outerChart(construct) === undefined,
    ({ construct }) =>
      `namespace: is not set, and cdk8s does not hand down "${outerChart(construct)?.namespace}" of the chart ${outerChart(construct)?.node.path} to a chart inside it. Set it here, or in the chart ${Chart.of(construct).node.path}`,
  ),
];

/** The nearest chart around that of a construct that has a namespace. */
function outerChart(construct: IConstruct): Chart | undefined {
  return construct.node.scopes
    .reverse()
    .filter(Chart.isChart)
    .find(({ namespace }) => namespace !== undefined);
}

/** The names that a cluster reserves. */
export function clusterReservations({ name }: Cluster): Reservation[] {
  return [{ value: name, services: [name, primaryServiceName(name), readServiceName(name)] }];
}

/** The rule on the names of the whole app. */
export const uniqueNameRule: Rule<Cluster> = reservedOnce('name', clusterReservations);

/** Rules on `name` and `namespace`. */
export const nameRules: readonly Rule<Cluster>[] = [
  ...statefulSetNameRules,
  rule(
    'name',
    'has at most 28 characters with MySQL 5.7 and up to 8.0.16, whose replicas accept no longer host for the primary',
    ({ name, version }) => podHost(name, PRIMARY).length <= version._facts.hostLength,
    ({ name, version: { _facts: facts, tag } }) =>
      `name: "${name}" makes "${podHost(name, PRIMARY)}" the primary's host, but ${facts.statements.change} of MySQL ${tag} accepts at most ${facts.hostLength} characters. Use at most ${Math.floor((facts.hostLength - podHost('', PRIMARY).length) / 2)}`,
  ),
  uniqueNameRule,
];
