import { Duration } from 'cdk8s';

/** Versions of TLS. */
export enum TlsVersion {
  V1_2 = 'TLSv1.2',
  V1_3 = 'TLSv1.3',
}

/** Options of TLS with every certificate. */
export interface TlsOptions {
  /**
   * The server refuses clients without TLS. Those in its own pod, which use its socket, need none.
   * @default false
   */
  readonly requireTls?: boolean;

  /**
   * The oldest version of TLS that the server accepts.
   * @default TlsVersion.V1_2
   */
  readonly minimumVersion?: TlsVersion;
}

/** Options of `Tls.fromSecret()`. */
export interface SecretTlsOptions extends TlsOptions {
  /**
   * DNS domain of the Kubernetes cluster, for `dnsNames`.
   * @default 'cluster.local'
   */
  readonly clusterDomain?: string;
}

/** Options of `Tls.fromCertManager()`. */
export interface CertManagerOptions extends SecretTlsOptions {
  /** Name of the issuer. */
  readonly issuer: string;

  /**
   * Kind of the issuer: `Issuer`, `ClusterIssuer`, or that of an external issuer.
   * @default 'Issuer'
   */
  readonly kind?: string;

  /**
   * API group of the issuer.
   * @default 'cert-manager.io'
   */
  readonly group?: string;

  /**
   * How long a certificate is valid: at least an hour.
   * @default - 90 days, the default of cert-manager
   */
  readonly duration?: Duration;

  /**
   * How long before its end cert-manager renews it: at least 5 minutes, and less than `duration`.
   * @default - a third of the duration, the default of cert-manager
   */
  readonly renewBefore?: Duration;
}

/**
 * The certificate of the servers. A change between these three rolls the pods, replica by replica and the primary last.
 * A new certificate of the same kind restarts nothing.
 *
 * @example
 * // Clients verify whom they talk to, and cannot do without TLS.
 * new ReplicatedMySql(chart, 'mysql', {
 *   namespace: 'shop',
 *   tls: Tls.fromCertManager({ issuer: 'internal', kind: 'ClusterIssuer', requireTls: true }),
 * });
 */
export class Tls {
  /**
   * Each server makes its own certificate on its volume. Instances verify each other, because each tells its peers its
   * CA; for clients, traffic is encrypted, and they cannot verify whom they talk to.
   */
  public static generated(options: TlsOptions = {}): Tls {
    return new Tls('generated', options);
  }

  /**
   * A certificate from a Secret of the type `kubernetes.io/tls`, with `tls.crt`, `tls.key` and `ca.crt`. It must be valid
   * for the `dnsNames` of the construct. MySQL 8.0.16 or later.
   *
   * @param name name of the Secret, in the namespace of the cluster
   */
  public static fromSecret(name: string, options: SecretTlsOptions = {}): Tls {
    return new Tls('fromSecret', options, name);
  }

  /**
   * A certificate that cert-manager issues and renews, by a `Certificate` that the construct emits. Needs a namespace, and
   * MySQL 8.0.16 or later.
   * @see https://cert-manager.io/docs/usage/certificate/
   */
  public static fromCertManager(options: CertManagerOptions): Tls {
    return new Tls('fromCertManager', options);
  }

  private constructor(
    /** @internal */
    public readonly _source: string,
    /** @internal */
    public readonly _options: SecretTlsOptions & Partial<CertManagerOptions>,
    /** @internal */
    public readonly _secretName?: string,
  ) {}

  /** @internal */
  public get _clusterDomain(): string {
    return this._options.clusterDomain ?? 'cluster.local';
  }
}
