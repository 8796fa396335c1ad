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
];

/** The names that a cluster reserves. */
export function clusterReservations({ name }: Cluster): Reservation[] {
  return [{ value: name, services: [name, primaryServiceName(name), readServiceName(name)] }];
}

/** Rules on `name` and `namespace`. */
export const nameRules: readonly Rule<Cluster>[] = [
  ...statefulSetNameRules,
  rule(
    'name',
    'has at most 28 characters with MySQL 5.7 and up to 8.0.16, whose replicas accept no longer host for the primary',
    ({ name, version }) => podHost(name, PRIMARY).length <= version.facts.hostLength,
    ({ name, version: { facts, tag } }) =>
      `name: "${name}" makes "${podHost(name, PRIMARY)}" the primary's host, but ${facts.statements.change} of MySQL ${tag} accepts at most ${facts.hostLength} characters. Use at most ${Math.floor((facts.hostLength - podHost('', PRIMARY).length) / 2)}`,
  ),
  reservedOnce('name', clusterReservations),
];
