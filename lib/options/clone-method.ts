import { Size } from 'cdk8s';

/** Options of clones by XtraBackup. */
export interface XtraBackupOptions {
  /**
   * Threads that copy files on the donor, and that unpack and decompress them at the recipient; the stream stays one.
   * @default 1
   */
  readonly parallel?: number;

  /**
   * Whether files travel compressed by zstd. From XtraBackup 8.0.34, so not for MySQL 5.7; both ends need CPU for it.
   * @default false
   */
  readonly compression?: boolean;

  /**
   * The most that the donor reads per second, in steps of 10 MiB.
   * @default - no limit
   * @see https://docs.percona.com/percona-xtrabackup/8.4/throttling-backups.html
   */
  readonly maxBandwidth?: Size;
}

/** Options of clones by the CLONE plugin. */
export interface ClonePluginOptions {
  /**
   * Threads that copy, exactly this many from the start.
   * @default - the server begins with one and adds more, up to 16, while that is faster
   * @see https://dev.mysql.com/doc/refman/8.4/en/clone-plugin-options-variables.html
   */
  readonly parallel?: number;

  /**
   * Whether data travels compressed.
   * @default false
   */
  readonly compression?: boolean;

  /**
   * The most that goes over the network per second, in whole MiB.
   * @default - no limit
   */
  readonly maxBandwidth?: Size;
}

/** How a replica gets a copy of a peer. */
export class CloneMethod {
  /** Percona XtraBackup, from an image of its own, streams the donor's files over the peers' port. */
  public static xtraBackup(options: XtraBackupOptions = {}): CloneMethod {
    return new CloneMethod('xtraBackup', options);
  }

  /**
   * MySQL's CLONE plugin, from 8.0.17: a temporary server at the recipient clones the donor over port 3306 by TLS. It
   * needs no second image.
   * @see https://dev.mysql.com/doc/refman/8.4/en/clone-plugin-remote.html
   */
  public static clonePlugin(options: ClonePluginOptions = {}): CloneMethod {
    return new CloneMethod('clonePlugin', options);
  }

  private constructor(
    /** @internal */
    public readonly name: string,
    /** @internal */
    public readonly options: XtraBackupOptions & ClonePluginOptions,
  ) {}

  /** @internal */
  public get usesPlugin(): boolean {
    return this.name === 'clonePlugin';
  }
}
