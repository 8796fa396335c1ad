/** A statement or an option that not every version knows. Versions are written as the server writes them: 80026 is 8.0.26. */
export interface Term {
  readonly what: string;
  /** The first version that knows it. */
  readonly since?: number;
  /** The first version that no longer knows it. */
  readonly until?: number;
  readonly pattern: RegExp;
}

const statement = (what: string, versions: Pick<Term, 'since' | 'until'>): Term => ({
  what,
  ...versions,
  pattern: new RegExp(`\\b${what.replace(/ /g, '\\s+')}\\b`),
});

/** An option of my.cnf or of mysqld. A server ignores an unknown one that begins with `loose-`. */
const option = (what: string, versions: Pick<Term, 'since' | 'until'>): Term => ({
  what,
  ...versions,
  pattern: new RegExp(`(^|[\\s"]|--)${what}(=|\\s|"|$)`, 'm'),
});

/** Removed in 8.4. */
const OLD_STATEMENTS = [
  ...['START SLAVE', 'STOP SLAVE', 'RESET SLAVE', 'SHOW SLAVE STATUS', 'SHOW SLAVE HOSTS'],
  ...['CHANGE MASTER TO', 'MASTER_[A-Z_]+', 'RESET MASTER', 'SHOW MASTER STATUS', 'PURGE MASTER LOGS'],
];

/** New in 8.0.22. */
const REPLICA = ['START REPLICA', 'STOP REPLICA', 'RESET REPLICA', 'SHOW REPLICA STATUS', 'SHOW REPLICAS'];

/** New in 8.0. */
const FROM_8_0 = [
  ...['BACKUP_ADMIN', 'CONNECTION_ADMIN', 'SYSTEM_VARIABLES_ADMIN', 'REPLICATION_SLAVE_ADMIN', 'SET PERSIST'],
  ...[
    'performance_schema.log_status',
    '\\w+_ORIGINAL_COMMIT_TIMESTAMP',
    '(APPLYING|LAST_QUEUED|LAST_APPLIED|LAST_PROCESSED)_TRANSACTION',
  ],
  ...['caching_sha2_password', 'WITH \\w+ AS', 'OVER \\(\\w+'],
];

/** From the release notes and the lists of removed and added options in the manuals. */
export const VOCABULARY: readonly Term[] = [
  ...OLD_STATEMENTS.map((what) => statement(what, { until: 80400 })),
  ...REPLICA.map((what) => statement(what, { since: 80022 })),
  ...['CHANGE REPLICATION SOURCE TO', '(GET_)?SOURCE_[A-Z_]+'].map((what) => statement(what, { since: 80023 })),
  ...['RESET BINARY LOGS AND GTIDS', 'SHOW BINARY LOG STATUS'].map((what) => statement(what, { since: 80200 })),
  ...FROM_8_0.map((what) => statement(what, { since: 80011 })),
  ...['CLONE INSTANCE', 'CLONE_ADMIN', 'performance_schema.clone_status'].map((what) =>
    statement(what, { since: 80017 }),
  ),
  statement('performance_schema.keyring_component_status', { since: 80024 }),
  statement('LAST_SEEN_TRANSACTION', { until: 80000 }),
  statement('mysql_native_password', { until: 90000 }),
  ...['log-replica-updates', 'skip-replica-start', 'replica-[a-z-]+'].map((what) => option(what, { since: 80026 })),
  option('binlog-expire-logs-seconds', { since: 80011 }),
  option('innodb-redo-log-capacity', { since: 80030 }),
  option('temptable-max-ram', { since: 80002 }),
  option('(replica|slave)-parallel-type', { until: 90700 }),
  option('innodb-log-file-size', { until: 90700 }),
  ...['expire-logs-days', 'default-authentication-plugin', 'binlog-transaction-dependency-tracking'].map((what) =>
    option(what, { until: 80400 }),
  ),
  ...['master-info-[a-z]+', 'relay-log-info-[a-z]+', 'skip-host-cache', 'slave-rows-search-algorithms'].map((what) =>
    option(what, { until: 80300 }),
  ),
  option('transaction-write-set-extraction', { until: 80300 }),
  ...['query-cache-[a-z]+', 'innodb-file-format', 'innodb-large-prefix', 'sync-frm', 'tx-isolation'].map((what) =>
    option(what, { until: 80000 }),
  ),
];

/** The statements and options of a text that a version does not know. */
export function unknownTo(version: number, text: string): string[] {
  return VOCABULARY.filter(({ since = 0, until = Infinity }) => version < since || version >= until)
    .filter(({ pattern }) => pattern.test(text))
    .map(({ what }) => what);
}
