import { k8s } from 'cdk8s-plus-28';

/** Who may connect. */
export interface NetworkProps {
  /**
   * Whether to emit a NetworkPolicy. Without one, the clone port is reachable for everybody, who must prove to be a peer.
   * @default true
   */
  readonly policy?: boolean;

  /**
   * Who may reach port 3306, beside the cluster's own pods. An empty list is nobody.
   * @default - all pods of the namespace, and the source ranges of exposed Services
   */
  readonly clients?: k8s.NetworkPolicyPeer[];
}
