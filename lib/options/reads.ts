/** How reads are kept from the primary. */
export interface FromReplicasOptions {
  /**
   * Whether the primary serves reads while no replica is ready.
   * @default true
   */
  readonly fallBackToPrimary?: boolean;
}

/** Which instances the Service `<name>-read` leads to. */
export class Reads {
  /** All that are ready, the primary too. */
  public static everywhere(): Reads {
    return new Reads(false, false);
  }

  /**
   * Replicas only. Each pod says so by a label of its own, for which it gets an account of Kubernetes that may change
   * the pods of this cluster, up to `replicas`, and see endpoints; the XtraBackup image needs curl and jq. See
   * docs/operations.md before you turn it on for a cluster that runs.
   */
  public static fromReplicas(options: FromReplicasOptions = {}): Reads {
    return new Reads(true, options.fallBackToPrimary ?? true);
  }

  private constructor(
    /** @internal */
    public readonly replicasOnly: boolean,
    /** @internal */
    public readonly fallBackToPrimary: boolean,
  ) {}
}
