import { Duration } from 'cdk8s';

/**
 * The instances that serve reads through the Service `<name>-read`.
 *
 * @example
 * // Reads from replicas that are at most 30 seconds behind; from the primary while no replica is ready.
 * new ReplicatedMySql(chart, 'mysql', {
 *   reads: { from: Reads.fromReplicas(), maxLag: Duration.seconds(30) },
 * });
 */
export interface ReadsProps {
  /**
   * The instances that `<name>-read` leads to while they are ready.
   * @default Reads.everywhere()
   */
  readonly from?: Reads;

  /**
   * Maximum lag of a replica behind the primary, in whole seconds. A replica that is further behind is not ready, so
   * `<name>-read` does not lead to it until it has caught up; the sidecar looks every 2 s. While the primary is away,
   * the time counts from the last moment at which the replica was known to be close to it. Differences between the clocks
   * of nodes count as lag. Where nobody but replicas serves reads, a connected one goes on while no other replica that is
   * ready has applied more, so that a long transaction does not leave `<name>-read` without an instance.
   * @default - no limit
   */
  readonly maxLag?: Duration;

  /**
   * How long a replica may apply nothing while transactions wait, in whole seconds, at least 60. Then it is not ready until
   * it goes on: a lock stands in its way, or one transaction takes that long. The log names the reason after a minute.
   * @default Duration.minutes(10)
   */
  readonly maxStandstill?: Duration;
}

/** Options of reads from replicas. */
export interface FromReplicasOptions {
  /**
   * Lets the primary serve reads while no replica is ready.
   * @default true
   */
  readonly fallBackToPrimary?: boolean;
}

/** The instances that the Service `<name>-read` leads to. */
export class Reads {
  /** All instances that are ready, the primary included. */
  public static everywhere(): Reads {
    return new Reads(false, { fallBackToPrimary: false });
  }

  /**
   * Replicas only. Each pod sets a label on itself for that, through a ServiceAccount that may patch the status of this
   * cluster's pods, up to `replicas`, and list EndpointSlices. The image of the sidecar needs curl. Read
   * docs/tasks/read-from-replicas.md before you turn it on for a running cluster.
   */
  public static fromReplicas(options: FromReplicasOptions = {}): Reads {
    return new Reads(true, options);
  }

  private constructor(
    /** @internal */
    public readonly _replicasOnly: boolean,
    /** @internal */
    public readonly _options: FromReplicasOptions,
  ) {}

  /** @internal */
  public get _fallBackToPrimary(): boolean {
    return this._options.fallBackToPrimary ?? true;
  }

  /** @internal */
  public get _neverFromPrimary(): boolean {
    return this._replicasOnly && !this._fallBackToPrimary;
  }
}
