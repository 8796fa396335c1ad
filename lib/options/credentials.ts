/** The accounts of every cluster. */
export type Account = 'root' | 'replication' | 'backup' | 'probe';
export const ACCOUNTS: readonly Account[] = ['root', 'replication', 'backup', 'probe'];

/** The keys of the passwords in a Secret. */
export interface CredentialKeys {
  /**
   * Password of `root`, which may log in only from within the pod.
   * @default 'root-password'
   */
  readonly root?: string;

  /**
   * Password of `replication`, with which replicas log in to the primary. At most 32 bytes.
   * @default 'replication-password'
   * @see https://dev.mysql.com/doc/refman/8.4/en/change-replication-source-to.html
   */
  readonly replication?: string;

  /**
   * Password of `backup`. Peers also prove themselves with it at the peer port.
   * @default 'backup-password'
   */
  readonly backup?: string;

  /**
   * Password of `probe`, with which the readiness probe logs in. The account may read nothing.
   * @default 'probe-password'
   */
  readonly probe?: string;
}

/**
 * The passwords of a cluster. They are never part of the synthesized YAML.
 *
 * @example
 * // A Secret in which the password of root has the key admin.
 * new ReplicatedMySql(chart, 'mysql', {
 *   credentials: Credentials.fromSecret('vault', { root: 'admin' }),
 * });
 */
export class Credentials {
  /**
   * Passwords from an existing Secret, which this command creates:
   *
   * ```sh
   * kubectl create secret generic mysql --from-literal=root-password=... \
   *   --from-literal=replication-password=... --from-literal=backup-password=... --from-literal=probe-password=...
   * ```
   *
   * A password is any printable text. Until the Secret exists and is complete, pods wait and log which key is missing.
   * A change of the Secret changes the passwords, without a restart; before MySQL 8.0.21 with one statement of yours.
   *
   * @param name name of the Secret, in the namespace of the cluster
   * @param keys keys of the passwords, where they differ from the defaults
   */
  public static fromSecret(name: string, keys: CredentialKeys = {}): Credentials {
    return new Credentials(false, name, keys);
  }

  /**
   * The tutorial's way: all passwords are empty, and `root` may log in from anywhere. Synth warns, and the YAML carries
   * the warning as an annotation. For walk-throughs, never for real data.
   */
  public static insecure(): Credentials {
    return new Credentials(true, undefined, {});
  }

  private constructor(
    /** @internal Not the same as a missing name of the Secret, which is a mistake. */
    public readonly _insecure: boolean,
    /** Name of the Secret. Undefined with insecure credentials. */
    public readonly secretName: string | undefined,
    /** @internal */
    public readonly _options: CredentialKeys,
  ) {}

  /** @internal The key of each password. */
  public get _keys(): Readonly<Record<Account, string>> {
    return {
      root: this._options.root ?? 'root-password',
      replication: this._options.replication ?? 'replication-password',
      backup: this._options.backup ?? 'backup-password',
      probe: this._options.probe ?? 'probe-password',
    };
  }
}
