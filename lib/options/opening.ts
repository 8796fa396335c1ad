import { Duration } from 'cdk8s';

/**
 * Opening of the primary, after each start of its server. It opens once every peer has shown that nothing is missing on
 * the primary.
 *
 * @example
 * // Writes matter more than the transactions that a replica may hold alone.
 * new ReplicatedMySql(chart, 'mysql', { opening: { waitForPeers: Duration.minutes(15) } });
 */
export interface OpeningProps {
  /**
   * How long the primary waits for a peer whose pod is there and does not answer. Then it opens without that peer: if the
   * peer holds transactions that are missing on the primary, they and what the primary writes from then on exclude each
   * other, and the peer is fenced for good. Peers that have objected are not affected. In whole seconds, at least 60 s.
   * @default - without a limit: a person can tell the primary that a peer is gone for good
   */
  readonly waitForPeers?: Duration;
}
