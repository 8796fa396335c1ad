import { k8s } from 'cdk8s-plus-28';

/**
 * Access over the network.
 *
 * @example
 * // Pods with the label talks-to: mysql, in this namespace and in the namespace shop.
 * const podSelector = { matchLabels: { 'talks-to': 'mysql' } };
 * const shop = { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } };
 * new ReplicatedMySql(chart, 'mysql', {
 *   network: { clients: [{ podSelector }, { podSelector, namespaceSelector: shop }] },
 * });
 */
export interface NetworkProps {
  /**
   * Emits a NetworkPolicy. Without one everybody can reach the peer port, where a client must still prove to
   * be a peer.
   * @default true
   */
  readonly policy?: boolean;

  /**
   * Clients that may reach port 3306, in addition to the cluster's own pods. An empty list admits nobody.
   * @default - all pods of the namespace, and the source ranges of exposed Services
   */
  readonly clients?: k8s.NetworkPolicyPeer[];
}
