import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cluster } from '../cluster';
import { CLONE_PORT, MYSQL_PORT, PEER_PORT, READY_PORT } from '../names';
import { Client, Destination } from '../options/network';

const NAMESPACE = 'kubernetes.io/metadata.name';

/**
 * Admits peers to their ports, and clients to the server. Lets instances out to peers, to DNS, to what a feature needs
 * and to what the user names. Undefined when `network.policy` is false.
 */
export function networkPolicy(scope: Construct, cluster: Cluster): k8s.KubeNetworkPolicy | undefined {
  const { name, namespace, labels, selector, network, extras, reads } = cluster;
  if (!network.policy) return undefined;
  const peers = [{ podSelector: { matchLabels: selector } }];
  const ports = peerPorts(cluster);
  const clients = network.clients ?? [Client.pods(), ...sourceRanges(cluster)];
  const toServer = clients.filter(({ _options }) => _options.ports === undefined);
  // Nobody knows the needs of an added container, and nobody finds a door that a policy closes silently.
  const addsContainers = Boolean(extras.containers?.length || extras.initContainers?.length);
  const destinations = network.egress ?? (addsContainers ? [Destination.anywhere()] : []);
  return new k8s.KubeNetworkPolicy(scope, 'network-policy', {
    metadata: { name, namespace, labels },
    spec: {
      podSelector: { matchLabels: selector },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        { from: peers, ports },
        // Kubernetes reads an empty list in a rule as everybody.
        ...(toServer.length ? [{ from: toServer.map(side), ports: [tcp(MYSQL_PORT)] }] : []),
        ...clients
          .filter((client) => !toServer.includes(client))
          .map((client) => ({ from: [side(client)], ports: client._options.ports?.map(tcp) })),
      ],
      egress: [
        { to: peers, ports },
        ...DNS,
        ...(reads.from._replicasOnly ? [API_SERVER] : []),
        ...destinations.map((destination) => ({
          to: destination._kind === 'anywhere' ? undefined : [side(destination)],
          ports: destination._options.ports?.map(tcp),
        })),
      ],
    },
  });
}

/** The ports that instances open for each other. */
function peerPorts({ cloneMethod, reads }: Cluster): k8s.NetworkPolicyPort[] {
  return [
    ...[MYSQL_PORT, PEER_PORT],
    ...(cloneMethod._usesPlugin ? [] : [CLONE_PORT]),
    ...(reads.from._neverFromPrimary ? [READY_PORT] : []), // whether another replica serves reads
  ].map(tcp);
}

/**
 * DNS. Its port is open to everywhere: a cache on the node has a link-local address, and some network plugins see the
 * address of the Service. Others see that of a pod behind it, which may listen on another port: 5353 on OpenShift.
 */
const DNS: k8s.NetworkPolicyEgressRule[] = [
  { ports: [port('UDP', 53), port('TCP', 53)] },
  {
    to: [
      selected({ namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }),
      selected({ namespace: 'openshift-dns', labels: { 'dns.operator.openshift.io/daemonset-dns': 'default' } }),
    ],
  },
];

/**
 * The API server. No selector matches it, and its address is not known here. Network plugins see the port of its Service
 * or its own, which differs between distributions.
 */
const API_SERVER: k8s.NetworkPolicyEgressRule = { ports: [443, 6443, 8443, 16443].map(tcp) };

/** The other side of a connection. */
function side({ _options: options }: Client | Destination): k8s.NetworkPolicyPeer {
  return options.cidr === undefined ? selected(options) : { ipBlock: { cidr: options.cidr, except: options.except } };
}

function selected({ labels = {}, namespace, namespaceLabels }: Client['_options']): k8s.NetworkPolicyPeer {
  const namespaces = namespace === undefined ? namespaceLabels : { [NAMESPACE]: namespace };
  return {
    namespaceSelector: namespaces && labelled(namespaces),
    podSelector: namespaces && !Object.keys(labels).length ? undefined : labelled(labels),
  };
}

function labelled(labels: { readonly [key: string]: string }): k8s.LabelSelector {
  return Object.keys(labels).length ? { matchLabels: labels } : {};
}

function tcp(number: number): k8s.NetworkPolicyPort {
  return port('TCP', number);
}

function port(protocol: string, number: number): k8s.NetworkPolicyPort {
  return { protocol, port: k8s.IntOrString.fromNumber(number) };
}

/** The clients outside the namespace that exposed Services admit. */
function sourceRanges({ services }: Cluster): Client[] {
  const ranges = [services.primary, services.read].flatMap(({ exposure }) => exposure._options.sourceRanges ?? []);
  return [...new Set(ranges)].map((range) => Client.cidr(range));
}
