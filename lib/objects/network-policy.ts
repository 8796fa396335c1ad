import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cluster } from '../cluster';
import { CLONE_PORT, MYSQL_PORT, PEER_PORT, READY_PORT } from '../names';

/** Admits peers to all ports, and clients to the server only; undefined when `network.policy` is false. */
export function networkPolicy(scope: Construct, cluster: Cluster): k8s.KubeNetworkPolicy | undefined {
  const { name, namespace, labels, selector, network, cloneMethod, reads } = cluster;
  if (!network.policy) return undefined;
  const clients = network.clients ?? [{ podSelector: {} }, ...sourceRanges(cluster)];
  const ofPeers = [
    ...[MYSQL_PORT, PEER_PORT],
    ...(cloneMethod._usesPlugin ? [] : [CLONE_PORT]),
    ...(reads.from._neverFromPrimary ? [READY_PORT] : []), // whether another replica serves reads
  ];
  const port = (number: number) => ({ protocol: 'TCP', port: k8s.IntOrString.fromNumber(number) });
  return new k8s.KubeNetworkPolicy(scope, 'network-policy', {
    metadata: { name, namespace, labels },
    spec: {
      podSelector: { matchLabels: selector },
      policyTypes: ['Ingress'],
      ingress: [
        { from: [{ podSelector: { matchLabels: selector } }], ports: ofPeers.map(port) },
        // Kubernetes reads an empty list in a rule as everybody.
        ...(clients.length ? [{ from: clients, ports: [port(MYSQL_PORT)] }] : []),
      ],
    },
  });
}

/** The clients outside the namespace that exposed Services admit. */
function sourceRanges({ services }: Cluster): k8s.NetworkPolicyPeer[] {
  const ranges = [services.primary, services.read].flatMap(({ exposure }) => exposure._options.sourceRanges ?? []);
  return [...new Set(ranges)].map((cidr) => ({ ipBlock: { cidr } }));
}
