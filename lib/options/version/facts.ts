/** The statements that the scripts use, as a server version spells them. */
export interface Statements {
  readonly start: string;
  readonly stop: string;
  readonly reset: string;
  readonly change: string;
  /** Prefix of the options of `change`. */
  readonly source: string;
}

/** Facts about a release that the library depends on. */
export interface Facts {
  readonly statements: Statements;
  /** Options of my.cnf that every instance has, in addition to those of its role. */
  readonly options: Readonly<Record<string, string>>;
  /** performance_schema shows when a transaction was committed on its source. */
  readonly commitTimestamps: boolean;
  /** Options of CREATE USER and ALTER USER that exempt the cluster's accounts from password policies of the server. */
  readonly accountOptions: string;
  /** Authentication plugin of the cluster's accounts; undefined for the server's default. */
  readonly accountPlugin?: string;
  /** Authentication plugin that accounts of older data may have, and that a later version lacks. */
  readonly oldAccountPlugin?: string;
  /** It is such a later version: by default, nobody can log in there with an account on that plugin. */
  readonly locksOldAccountsOut: boolean;
  /** Privileges of the account `backup`. @see https://docs.percona.com/percona-xtrabackup/8.4/privileges.html */
  readonly backupGrants: readonly string[];
  /** Options of its XtraBackup, when it backs up. */
  readonly backupOptions?: string;
  /** Its XtraBackup compresses by zstd. */
  readonly compressesBackups: boolean;
  /** Maximum length of the host in `change`. */
  readonly hostLength: number;
  /** A server knows all its GTIDs once a backup of it is restored. */
  readonly backupsHoldGtids: boolean;
  /**
   * A server that initializes executes every statement of an init file: those on accounts, and those of several
   * lines. The manual rules out the first; a server that cannot execute a statement says so, and fails.
   */
  readonly initFile: boolean;
  /** Accounts have attributes, and keep an old password beside the new one. */
  readonly hasUserAttributes: boolean;
  /** It exchanges its certificate while it runs, and knows TLS 1.3. */
  readonly reloadsTls: boolean;
  /** Unless `tls-version` says otherwise, it accepts TLS 1.0 and 1.1. */
  readonly acceptsOldTls: boolean;
  /** Temporary tables in memory are of the TempTable engine, which has one bound for all of them. */
  readonly hasTempTable: boolean;
  /** The redo log has one size, `innodb-redo-log-capacity`, and not that of each of its two files. */
  readonly hasRedoCapacity: boolean;
  /** The server has the CLONE plugin. */
  readonly hasClonePlugin: boolean;
  /** The default image has gawk, with which the sidecar listens there: those on Oracle Linux have it, earlier ones are on Debian. */
  readonly imageHasGawk: boolean;
  /**
   * The newest XtraBackup of the series supports the server, may be able to copy it, or refuses to.
   * @see https://docs.percona.com/percona-xtrabackup/8.0/release-notes/8.0/8.0.35-32.0.html
   */
  readonly xtrabackup: 'supports' | 'tries' | 'refuses';
}

/** A release series. */
export interface Series {
  /** Name such as `8.4`, which is also the tag of the newest image. */
  readonly name: string;
  /** The first release that the library supports. */
  readonly first: number;
  /** Why releases before `first` are refused. */
  readonly before?: string;
  /** Month of the end of life, if that has passed. */
  readonly endOfLife?: string;
  /** Image of the XtraBackup that reads the data of the series; undefined if there is none. */
  readonly xtrabackupImage?: string;
  /** @param patch third number of the release; `Infinity` stands for the newest release */
  readonly facts: (patch: number) => Facts;
}
