/** The statements of a server version, as far as the scripts use them. */
export interface Words {
  readonly start: string;
  readonly stop: string;
  readonly reset: string;
  readonly change: string;
  /** Prefix of the options of `change`. */
  readonly source: string;
}

/** What the library has to know of a version. */
interface Facts {
  readonly words: Words;
  readonly image: string;
  readonly xtrabackupImage: string;
  /** Options of my.cnf that every instance has, beside those of its role. */
  readonly options: Readonly<Record<string, string>>;
  /** Whether performance_schema shows when a transaction was committed on its source. */
  readonly commitTimestamps: boolean;
  /** Privileges of the account `backup`. @see https://docs.percona.com/percona-xtrabackup/8.4/privileges.html */
  readonly backupGrants: readonly string[];
}

const V8_4: Facts = {
  words: {
    start: 'START REPLICA',
    stop: 'STOP REPLICA',
    reset: 'RESET REPLICA',
    change: 'CHANGE REPLICATION SOURCE TO',
    source: 'SOURCE',
  },
  image: 'mysql:8.4',
  xtrabackupImage: 'percona/percona-xtrabackup:8.4',
  options: {
    'log-bin': 'binlog',
    'log-replica-updates': 'ON',
    'relay-log': 'relay',
    'relay-log-recovery': 'ON',
    'gtid-mode': 'ON',
    'enforce-gtid-consistency': 'ON',
    'sync-binlog': '1',
    'innodb-flush-log-at-trx-commit': '1',
    'skip-replica-start': 'ON',
    'replica-preserve-commit-order': 'ON',
    'replica-net-timeout': '8',
    'skip-name-resolve': 'ON',
    'binlog-expire-logs-seconds': '604800',
    // Needs a system call that the container's seccomp profile refuses; without it just noise in the log.
    'loose-innodb-numa-interleave': 'OFF',
  },
  commitTimestamps: true,
  backupGrants: [
    'BACKUP_ADMIN, PROCESS, RELOAD, LOCK TABLES, REPLICATION CLIENT ON *.*',
    'SELECT ON performance_schema.log_status',
    'SELECT ON performance_schema.keyring_component_status',
    'SELECT ON performance_schema.replication_group_members',
  ],
};

/** A version of MySQL that the library knows. */
export class MySqlVersion {
  /** MySQL 8.4 LTS, cloned by XtraBackup 8.4. */
  public static readonly V8_4 = new MySqlVersion('8.4', V8_4);

  private constructor(
    /** The release series, such as `8.4`. */
    public readonly series: string,
    /** @internal */
    public readonly facts: Facts,
  ) {}
}
