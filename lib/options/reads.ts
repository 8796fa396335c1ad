import { Duration } from 'cdk8s';

/** Which instances may be read from. */
export interface ReadsProps {
  /**
   * Which instances the Service `<name>-read` leads to, as long as they are ready.
   * @default Reads.everywhere()
   */
  readonly from?: Reads;

  /**
   * How far a replica may be behind the primary, in whole seconds. One that is further behind is not ready, and so not
   * behind `<name>-read`, until it has caught up; the sidecar looks every 5 s. While the primary is away, reads go on.
   * Clocks of nodes that differ count as lag.
   * @default - as far as it likes
   */
  readonly maxLag?: Duration;
}

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
