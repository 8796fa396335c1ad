/** The statements of a server version, as far as the scripts use them. */
export interface Words {
  readonly start: string;
  readonly stop: string;
  readonly reset: string;
  readonly change: string;
  /** Prefix of the options of `change`. */
  readonly source: string;
}

/** What the library has to know of a release. */
export interface Facts {
  readonly words: Words;
  /** Options of my.cnf that every instance has, beside those of its role. */
  readonly options: Readonly<Record<string, string>>;
  /** Whether performance_schema shows when a transaction was committed on its source. */
  readonly commitTimestamps: boolean;
  /** What keeps a password policy of the server off the accounts of the cluster. */
  readonly accountOptions: string;
  /** Privileges of the account `backup`. @see https://docs.percona.com/percona-xtrabackup/8.4/privileges.html */
  readonly backupGrants: readonly string[];
  /** Whether its XtraBackup compresses by zstd. */
  readonly compressesBackups: boolean;
  /** The most characters of a host that `change` takes. */
  readonly hostLength: number;
  /** Whether a server knows all its GTIDs once a backup of it is restored. */
  readonly backupsHoldGtids: boolean;
  /** Whether the server can clone by itself. */
  readonly hasClonePlugin: boolean;
}

/** A release series: what its releases have in common, and what they do not. */
export interface Series {
  /** Such as `8.4`; the tag of the newest image. */
  readonly name: string;
  /** The first release that the library supports. */
  readonly first: number;
  /** What is wrong with the releases before it. */
  readonly before?: string;
  /** The month of its end of life, when that is over. */
  readonly endOfLife?: string;
  /** Image of the XtraBackup that reads its data; undefined when there is none. */
  readonly xtrabackupImage?: string;
  /** @param patch third number of the release, `Infinity` for the newest one */
  readonly facts: (patch: number) => Facts;
}
