import { Facts, Series } from './facts';

/** Up to 8.0.21. */
const SLAVE = { start: 'START SLAVE', stop: 'STOP SLAVE', reset: 'RESET SLAVE' };
/** From 8.0.22. */
const REPLICA = { start: 'START REPLICA', stop: 'STOP REPLICA', reset: 'RESET REPLICA' };
/** Up to 8.0.22. */
const MASTER = { change: 'CHANGE MASTER TO', source: 'MASTER' };
/** From 8.0.23. */
const SOURCE = { change: 'CHANGE REPLICATION SOURCE TO', source: 'SOURCE' };

/** Options of every version. Their names have `slave` up to 8.0.25, and `replica` from then on. */
const options = (replica: string): Facts['options'] => ({
  'log-bin': 'binlog',
  [`log-${replica}-updates`]: 'ON',
  'relay-log': 'relay',
  'relay-log-recovery': 'ON',
  'gtid-mode': 'ON',
  'enforce-gtid-consistency': 'ON',
  'sync-binlog': '1',
  'innodb-flush-log-at-trx-commit': '1',
  [`skip-${replica}-start`]: 'ON',
  [`${replica}-preserve-commit-order`]: 'ON',
  // Enough for the transactions of many writers to share the syncs of one group commit; 4 from 8.0.27, fewer before.
  [`${replica}-parallel-workers`]: '16',
  [`${replica}-net-timeout`]: '8',
  'skip-name-resolve': 'ON',
  // A clone carries the tables of InnoDB alone. MEMORY stays, for temporary tables.
  'disabled-storage-engines': 'MyISAM,MRG_MYISAM,CSV,ARCHIVE,BLACKHOLE,FEDERATED,EXAMPLE,NDB',
});

/**
 * Up to 8.3, the default lets transactions be applied together only if they were committed together. Later versions
 * have this way alone: those apply together that change different rows.
 */
const BY_ROWS = { 'binlog-transaction-dependency-tracking': 'WRITESET' };

const FROM_8_0: Facts['options'] = {
  'binlog-expire-logs-seconds': '604800',
  // The container's seccomp profile refuses its system call, so ON would only write errors to the log.
  'loose-innodb-numa-interleave': 'OFF',
  // Nothing here speaks the X protocol, so its port stays closed unless a setting opens it.
  'loose-mysqlx': 'OFF',
  // Otherwise SET PERSIST would override every option here.
  'persisted-globals-load': 'OFF',
};

const FROM_8_0_GRANTS = [
  'BACKUP_ADMIN, PROCESS, RELOAD, LOCK TABLES, REPLICATION CLIENT ON *.*',
  'SELECT ON performance_schema.log_status',
];
const GROUP_MEMBERS = 'SELECT ON performance_schema.replication_group_members';
/** A GRANT on a table that does not exist is an error. */
const FROM_8_0_24_GRANTS = [...FROM_8_0_GRANTS, 'SELECT ON performance_schema.keyring_component_status', GROUP_MEMBERS];

/** Known from 8.0.3 on, the default of each version from 8.0.4 on, and what later ones know. */
const CACHING = 'caching_sha2_password';
/** The default of 5.7. 8.4 does not load it by default, and 9.0 does not have it. */
const NATIVE = 'mysql_native_password';

/** Else it asks its vendor for newer versions, through a program that finds the password in its environment. */
const NO_VERSION_CHECK = '--no-version-check';

const NO_EXPIRY = 'PASSWORD EXPIRE NEVER';
const NO_HISTORY = `${NO_EXPIRY} PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY`;

const V8_4: Facts = {
  statements: { ...REPLICA, ...SOURCE },
  options: { ...options('replica'), ...FROM_8_0 },
  commitTimestamps: true,
  accountOptions: NO_HISTORY,
  accountPlugin: CACHING,
  oldAccountPlugin: NATIVE,
  locksOldAccountsOut: true,
  backupGrants: FROM_8_0_24_GRANTS,
  compressesBackups: true,
  hostLength: 255,
  backupsHoldGtids: true,
  initFile: true,
  hasUserAttributes: true,
  reloadsTls: true,
  acceptsOldTls: false,
  hasTempTable: true,
  hasRedoCapacity: true,
  hasClonePlugin: true,
  imageHasGawk: true,
  xtrabackup: 'supports',
};

const V8_0 = (patch: number): Facts => {
  const replica = patch < 26 ? 'slave' : 'replica';
  return {
    statements: { ...(patch < 22 ? SLAVE : REPLICA), ...(patch < 23 ? MASTER : SOURCE) },
    options: {
      ...options(replica),
      // The default of later versions. The other type cannot preserve the order of commits.
      ...(patch < 27 ? { [`${replica}-parallel-type`]: 'LOGICAL_CLOCK' } : {}),
      ...BY_ROWS,
      ...FROM_8_0,
    },
    commitTimestamps: true,
    accountOptions: NO_HISTORY,
    accountPlugin: CACHING,
    oldAccountPlugin: NATIVE,
    locksOldAccountsOut: false,
    backupOptions: NO_VERSION_CHECK,
    backupGrants: patch < 24 ? [...FROM_8_0_GRANTS, GROUP_MEMBERS] : FROM_8_0_24_GRANTS,
    compressesBackups: true,
    // From 8.0.17 (WL#12571).
    hostLength: patch < 17 ? 60 : 255,
    backupsHoldGtids: true,
    // The first release that was tried.
    initFile: patch >= 43,
    hasUserAttributes: patch >= 21,
    reloadsTls: patch >= 16,
    acceptsOldTls: patch < 28,
    hasTempTable: true,
    hasRedoCapacity: patch >= 30,
    hasClonePlugin: patch >= 17,
    imageHasGawk: patch >= 30,
    xtrabackup: xtrabackup80(patch),
  };
};

/** It supports servers from 8.0.34, and refuses tables that had a column added or dropped by 8.0.29 to 8.0.31. */
function xtrabackup80(patch: number): Facts['xtrabackup'] {
  if (patch >= 34) return 'supports';
  return patch >= 29 && patch <= 31 ? 'refuses' : 'tries';
}

const V5_7: Facts = {
  statements: { ...SLAVE, ...MASTER },
  options: {
    ...options('slave'),
    'slave-parallel-type': 'LOGICAL_CLOCK',
    ...BY_ROWS,
    'transaction-write-set-extraction': 'XXHASH64', // from 8.0.2 the default
    // Files, the default, may hold positions that do not match the data after a crash.
    'master-info-repository': 'TABLE',
    'relay-log-info-repository': 'TABLE',
    'expire-logs-days': '7',
  },
  commitTimestamps: false,
  accountOptions: NO_EXPIRY,
  locksOldAccountsOut: false,
  backupOptions: NO_VERSION_CHECK,
  backupGrants: ['PROCESS, RELOAD, LOCK TABLES, REPLICATION CLIENT ON *.*'],
  compressesBackups: false,
  hostLength: 60,
  // mysql.gtid_executed lacks the GTIDs of the last binary log, which XtraBackup 2.4 does not copy.
  backupsHoldGtids: false,
  initFile: false,
  hasUserAttributes: false,
  reloadsTls: false,
  acceptsOldTls: true,
  hasTempTable: false,
  hasRedoCapacity: false,
  hasClonePlugin: false,
  imageHasGawk: false,
  xtrabackup: 'supports',
};

/** The series that the library supports, by the names of `MySqlVersion`. */
export const SERIES = {
  V5_7: {
    name: '5.7',
    first: 28,
    before: 'makes no TLS certificates, which replicas need to connect',
    endOfLife: 'October 2023',
    xtrabackupImage: 'percona/percona-xtrabackup:2.4',
    facts: () => V5_7,
  },
  V8_0: {
    name: '8.0',
    first: 11,
    before: 'is a milestone before general availability',
    endOfLife: 'April 2026',
    xtrabackupImage: 'percona/percona-xtrabackup:8.0',
    facts: V8_0,
  },
  V8_4: { name: '8.4', first: 0, xtrabackupImage: 'percona/percona-xtrabackup:8.4', facts: () => V8_4 },
  // No XtraBackup 9.7 is generally available yet.
  V9_7: { name: '9.7', first: 0, facts: () => ({ ...V8_4, oldAccountPlugin: undefined }) },
} satisfies Record<string, Series>;

/** Innovation series, which stand between two LTS series. */
export const INNOVATIONS = ['8.1', '8.2', '8.3', '9.0', '9.1', '9.2', '9.3', '9.4', '9.5', '9.6'];
