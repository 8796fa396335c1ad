import { Size } from 'cdk8s';

/** Options of clones by XtraBackup. */
export interface XtraBackupOptions {
  /**
   * Threads that copy files on the donor, and that unpack and decompress them on the recipient. There is still one
   * stream.
   * @default 1
   */
  readonly parallel?: number;

  /**
   * Compresses the stream with zstd, which costs CPU on both ends. Needs XtraBackup 8.0.34, so not for MySQL
   * 5.7.
   * @default false
   */
  readonly compression?: boolean;

  /**
   * Maximum that the donor reads per second, a multiple of 10 MiB.
   * @default - no limit
   * @see https://docs.percona.com/percona-xtrabackup/8.4/throttling-backups.html
   */
  readonly maxBandwidth?: Size;
}

/** Options of clones by the CLONE plugin. */
export interface ClonePluginOptions {
  /**
   * Threads that copy, from the start to the end.
   * @default - the server starts with one and adds more, up to 16, while that makes it faster
   * @see https://dev.mysql.com/doc/refman/8.4/en/clone-plugin-options-variables.html
   */
  readonly parallel?: number;

  /**
   * Compresses the data on its way.
   * @default false
   */
  readonly compression?: boolean;

  /**
   * Maximum that the donor sends per second, in whole MiB.
   * @default - no limit
   */
  readonly maxBandwidth?: Size;
}

/**
 * How a replica clones a peer.
 *
 * @example
 * // Without taking more than 100 MiB/s from the donor.
 * new ReplicatedMySql(chart, 'mysql', {
 *   cloneMethod: CloneMethod.clonePlugin({ maxBandwidth: Size.mebibytes(100) }),
 * });
 */
export class CloneMethod {
  /** Percona XtraBackup, from its own image, streams the donor's files over the peer port. */
  public static xtraBackup(options: XtraBackupOptions = {}): CloneMethod {
    return new CloneMethod('xtraBackup', options);
  }

  /**
   * The CLONE plugin of MySQL, from 8.0.17: a temporary server on the recipient clones the donor over port 3306 and TLS.
   * It needs no second image. The default images have what it needs from 8.0.30; a server image of your own needs bash
   * and gawk.
   * @see https://dev.mysql.com/doc/refman/8.4/en/clone-plugin-remote.html
   */
  public static clonePlugin(options: ClonePluginOptions = {}): CloneMethod {
    return new CloneMethod('clonePlugin', options);
  }

  private constructor(
    /** @internal */
    public readonly _name: string,
    /** @internal */
    public readonly _options: XtraBackupOptions & ClonePluginOptions,
  ) {}

  /** @internal */
  public get _usesPlugin(): boolean {
    return this._name === 'clonePlugin';
  }

  /**
   * The memory of a container that takes a clone, and serves one; docs/decisions.md has the measurements.
   * @internal
   */
  public get _memory(): Size {
    return Size.mebibytes(this._usesPlugin ? 400 : 256);
  }
}
