/** Options of a first initialization. */
export interface IfEmptyOptions {
  /**
   * SQL for a new database, as the client `mysql` reads it from a file: schemas, tables, accounts without passwords. The
   * first initialization executes it as root, without the binary log and without `settings`. The database exists once all
   * of it has succeeded, and replicas clone it. It is in the ConfigMap, where many may read it, so passwords have no place
   * in it. At most 128 KiB.
   * @default - none
   */
  readonly sql?: string;
}

/**
 * Decides what becomes of a volume that holds no data of this cluster.
 *
 * @example
 * // The first rollout, with a database for the application.
 * new ReplicatedMySql(chart, 'mysql', { initialize: Initialize.ifEmpty({ sql: 'CREATE DATABASE shop;' }) });
 *
 * @example
 * // After the first rollout: an empty volume of the primary can then only be a lost one.
 * new ReplicatedMySql(chart, 'mysql', { initialize: Initialize.never() });
 */
export class Initialize {
  /**
   * An empty primary initializes a database once every peer that DNS knows has answered that it holds no data. No check
   * sees volumes whose pods do not exist: use `never()` after the first rollout.
   */
  public static ifEmpty(options: IfEmptyOptions = {}): Initialize {
    return new Initialize('ifEmpty', options);
  }

  /** An empty primary refuses to start, because its volume was lost. For every cluster that holds data. */
  public static never(): Initialize {
    return new Initialize('never');
  }

  /**
   * An empty primary clones the replica that has every transaction which any replica executed or received. While no
   * replica has all of them, or one does not answer, it waits and logs what each replica lacks. For a primary that lost
   * its volume; set `never()` again afterwards.
   */
  public static fromReplica(): Initialize {
    return new Initialize('fromReplica');
  }

  /**
   * Takes over a cluster without marks and GTIDs whose objects have the same names, such as the tutorial's. The primary
   * checks that its volume is complete, then creates the accounts and the cluster id on it. Replicas take new clones and
   * keep their old copies as `mysql.before-adoption`. Set `never()` afterwards.
   */
  public static adopt(): Initialize {
    return new Initialize('adopt');
  }

  private constructor(
    /** @internal */
    public readonly _policy: string,
    /** @internal */
    public readonly _options: IfEmptyOptions = {},
  ) {}
}
