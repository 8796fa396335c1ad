/** The keys of a Secret under which the passwords are found. */
export interface CredentialKeys {
  /**
   * Password of `root`, who may log in from within the pod only.
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
   * Password of `backup`, which is also what peers prove themselves with at the clone port.
   * @default 'backup-password'
   */
  readonly backup?: string;
  /**
   * Password of `probe`, which readiness probes log in with. It may read nothing.
   * @default 'probe-password'
   */
  readonly probe?: string;
}

/** The accounts that each cluster has. */
export type Account = 'root' | 'replication' | 'backup' | 'probe';

/** Where the passwords of a cluster come from. Passwords are never part of the synthesized YAML. */
export class Credentials {
  /**
   * Passwords from an existing Secret. Made with:
   *
   * ```sh
   * kubectl create secret generic mysql --from-literal=root-password=... \
   *   --from-literal=replication-password=... --from-literal=backup-password=... --from-literal=probe-password=...
   * ```
   *
   * Any printable text is a password. Until the Secret is there and complete, pods wait and say which key is missing.
   *
   * @param name name of the Secret, in the namespace of the cluster
   * @param keys the keys of the passwords, where they differ from the default ones
   */
  public static fromSecret(name: string, keys: CredentialKeys = {}): Credentials {
    return new Credentials(name, {
      root: keys.root ?? 'root-password',
      replication: keys.replication ?? 'replication-password',
      backup: keys.backup ?? 'backup-password',
      probe: keys.probe ?? 'probe-password',
    });
  }

  /**
   * The tutorial's way: all passwords are empty and `root` may log in from anywhere. Synth warns, and the YAML carries
   * the warning as an annotation. For walk-throughs, never for data.
   */
  public static insecure(): Credentials {
    return new Credentials(undefined, { root: '', replication: '', backup: '', probe: '' });
  }

  private constructor(
    /** Name of the Secret; undefined in insecure mode. */
    public readonly secretName: string | undefined,
    /** @internal */
    public readonly keys: Readonly<Record<Account, string>>,
  ) {}
}
