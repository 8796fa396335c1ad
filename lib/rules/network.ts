import { BlockList, isIPv4 } from 'net';
import { Cluster } from '../cluster';
import { CLONE_PORT, MYSQL_PORT, PEER_PORT, READY_PORT } from '../names';
import { Client, Destination } from '../options/network';
import { isWhole } from './numbers';
import { At, forEach, rule, Rule } from './rule';
import { isCidr } from './services';
import { isDnsLabel } from './syntax';

const OF_INSTANCES = [PEER_PORT, CLONE_PORT, READY_PORT];

/** The other side of connections, such as `network.clients[0]`. */
type Side = At<Client['_options']>;
type Range = At<{ readonly range: string }>;
type Port = At<{ readonly port: number }>;

/** Rules on `network`. */
export const networkRules: readonly Rule<Cluster>[] = [
  ...(['clients', 'egress'] as const).map((list) =>
    rule<Cluster>(
      `network.${list}`,
      'is not set if `network.policy` is `false`',
      ({ network }) => network.policy || network[list] === undefined,
      () =>
        `network.${list}: has no effect with network.policy: false, which omits the NetworkPolicy. Leave out one of the two`,
    ),
  ),
  rule<Cluster>(
    'network.clients',
    'is empty, or has a client that reaches port 3306',
    ({ network: { clients = [] } }) => !clients.length || clients.some((client) => reaches(client, MYSQL_PORT)),
    () =>
      'network.clients: replaces the default, and none of them reaches port 3306. Add those that do, for example Client.pods() for all pods of the namespace',
  ),
  ...forEach(
    sides,
    rule<Side>(
      'network.*.namespaceLabels',
      'is not set together with `namespace`',
      ({ namespace, namespaceLabels }) => namespace === undefined || namespaceLabels === undefined,
      ({ prop, namespace }) =>
        `${prop}.namespaceLabels: namespace "${namespace}" names the namespace already. Leave out one of the two`,
    ),
    rule<Side>(
      'network.*.namespace',
      'is a name of a namespace',
      ({ namespace }) => namespace === undefined || isDnsLabel(namespace),
      ({ prop, namespace }) =>
        `${prop}.namespace: "${namespace}" is not a name of a namespace. Use lower-case letters, digits and "-", for example "shop"`,
    ),
    rule<Side>(
      'network.*.ports',
      'is not empty',
      ({ ports }) => ports?.length !== 0,
      ({ prop }) =>
        `${prop}.ports: [] is empty, and Kubernetes reads an empty list as all ports. Name a port, or leave ports out`,
    ),
  ),
  ...forEach(
    (cluster: Cluster) => sides(cluster).flatMap(portsOf),
    rule<Port>(
      'network.*.ports',
      'has only ports, from 1 to 65535',
      ({ port }) => isWhole(port, 1, 65_535),
      ({ prop, port }) => `${prop}.ports: ${port} is not a port. Use one from 1 to 65535`,
    ),
  ),
  ...forEach(
    (cluster: Cluster) => listed('clients', cluster.network.clients).flatMap(portsOf),
    rule<Port>(
      'network.clients.*.ports',
      'has none of the ports of instances for each other, 3307 to 3309',
      ({ port }) => !OF_INSTANCES.includes(port),
      ({ prop, port }) => `${prop}.ports: ${port} is for the other instances only. Leave it out`,
    ),
  ),
  ...forEach(
    (cluster: Cluster) => sides(cluster).flatMap(rangesOf),
    rule<Range>(
      'network.*.cidr',
      'is a CIDR, and so is each in `except`',
      ({ range }) => isCidr(range),
      ({ prop, range }) =>
        `${prop}: "${range}" is not a CIDR. Use one such as 203.0.113.0/24, or 203.0.113.7/32 for one address`,
    ),
  ),
  ...forEach(
    (cluster: Cluster) => sides(cluster).flatMap(exceptionsOf),
    rule<Range & { readonly cidr: string }>(
      'network.*.except',
      'has only ranges within the `cidr`, and smaller than it',
      ({ range, cidr }) => !isCidr(range) || !isCidr(cidr) || isWithin(range, cidr),
      ({ prop, range, cidr }) => `${prop}: "${range}" is not a part of ${cidr}. Use a smaller range within it`,
    ),
  ),
];

/** Whether a client reaches a port. */
function reaches({ _options: { ports = [MYSQL_PORT] } }: Client, port: number): boolean {
  return ports.includes(port);
}

function sides({ network: { clients, egress } }: Cluster): Side[] {
  return [...listed('clients', clients), ...listed('egress', egress)];
}

function listed(list: string, sides: readonly (Client | Destination)[] = []): Side[] {
  return sides.map(({ _options }, i) => ({ ..._options, prop: `network.${list}[${i}]` }));
}

function portsOf({ prop, ports = [] }: Side): Port[] {
  return ports.map((port) => ({ prop, port }));
}

function rangesOf(side: Side): Range[] {
  const { prop, cidr } = side;
  return [...(cidr === undefined ? [] : [{ prop: `${prop}.cidr`, range: cidr }]), ...exceptionsOf(side)];
}

function exceptionsOf({ prop, cidr = '', except = [] }: Side): (Range & { readonly cidr: string })[] {
  return except.map((range) => ({ prop: `${prop}.except`, range, cidr }));
}

function isWithin(range: string, cidr: string): boolean {
  const [[address, length], [first, size]] = [range.split('/'), cidr.split('/')];
  const family = (text: string) => (isIPv4(text) ? 'ipv4' : 'ipv6');
  if (family(address) !== family(first) || Number(length) <= Number(size)) return false;
  const block = new BlockList();
  block.addSubnet(first, Number(size), family(first));
  return block.check(address, family(address));
}
