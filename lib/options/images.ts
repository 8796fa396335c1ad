/**
 * Images of the containers.
 *
 * @example
 * // Everything from a mirror that needs credentials.
 * new ReplicatedMySql(chart, 'mysql', {
 *   images: { registry: 'registry.example.com/mirror', pullSecrets: ['registry'] },
 * });
 */
export interface ImageProps {
  /**
   * Image of the server, of the same series as `version`. It needs a tag other than `latest`, or a digest, which pins
   * it best.
   * @default - the version's, such as mysql:8.4
   */
  readonly server?: string;

  /**
   * Image of XtraBackup, with bash, a mysql client and socat. Without `cloneMethod`, it also makes XtraBackup the method.
   * It needs a tag other than `latest`, or a digest.
   * @default - the version's, such as percona/percona-xtrabackup:8.4
   */
  readonly xtrabackup?: string;

  /**
   * Prefix of the default images, for mirrors: `registry.example.com/mirror` gives
   * `registry.example.com/mirror/mysql:8.4`.
   * @default - none
   */
  readonly registry?: string;

  /**
   * `Always`, `IfNotPresent` or `Never`.
   * @default - the cluster's: IfNotPresent for these tags
   * @see https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy
   */
  readonly pullPolicy?: string;

  /**
   * Names of Secrets with registry credentials.
   * @default - none
   */
  readonly pullSecrets?: string[];
}
