import { Cluster } from '../cluster';
import { COMPARED_BY_CLONES, OF_DATA_DIRECTORIES } from '../options/settings';
import { At, distinct, forEach, rule, Rule } from './rule';
import { isReadAlike, misreading } from './yaml-text';

/** Options that the library sets, or that would break the cluster. */
export const RESERVED_OPTIONS = [
  // What survives a crash.
  ...['sync-binlog', 'innodb-flush-log-at-trx-commit', 'innodb-doublewrite', 'innodb-force-recovery'],
  ...['relay-log-recovery', 'relay-log-purge', 'master-info-repository', 'relay-log-info-repository'],
  // A server that cannot write its binary log must stop, and a transaction that does not fit must not be skipped.
  ...['binlog-error-action', 'binlogging-impossible-mode'],
  ...['replica-skip-errors', 'slave-skip-errors', 'replica-exec-mode', 'slave-exec-mode'],
  // What is replicated, and how.
  ...['server-id', 'report-host', 'gtid-mode', 'enforce-gtid-consistency', 'binlog-gtid-simple-recovery'],
  ...['log-bin', 'log-bin-index', 'skip-log-bin', 'disable-log-bin', 'log-replica-updates', 'log-slave-updates'],
  ...['relay-log', 'relay-log-index', 'binlog-format', 'binlog-do-db', 'binlog-ignore-db'],
  ...['replicate-do-db', 'replicate-do-table', 'replicate-ignore-db', 'replicate-ignore-table'],
  ...['replicate-wild-do-table', 'replicate-wild-ignore-table', 'replicate-rewrite-db', 'replicate-same-server-id'],
  ...['skip-replica-start', 'skip-slave-start', 'replica-parallel-type', 'slave-parallel-type'],
  ...['replica-preserve-commit-order', 'slave-preserve-commit-order'],
  // Which instance accepts writes.
  ...['read-only', 'super-read-only', 'innodb-read-only', 'transaction-read-only'],
  // A server that replicas and clients reach.
  ...['offline-mode', 'validate-config'],
  // One data directory, which is moved by one rename.
  ...['datadir', 'tmpdir', 'innodb-data-home-dir', 'innodb-directories', 'innodb-doublewrite-dir'],
  ...['innodb-log-group-home-dir', 'innodb-undo-directory', 'initialize', 'initialize-insecure', 'init-file'],
  // Another source of all these.
  'persisted-globals-load',
  // Ports, sockets, user and access.
  ...['bind-address', 'port', 'socket', 'pid-file', 'daemonize', 'user', 'skip-networking', 'skip-name-resolve'],
  'skip-grant-tables',
  // The certificates that mysqld makes in the data directory. Peers tell each other their CA, and verify against it.
  ...['auto-generate-certs', 'ssl', 'ssl-ca', 'ssl-capath', 'ssl-cert', 'ssl-key'],
];

/** Options of which a clone, or a server on a clone, needs the same values. */
export const OPTIONS_OF_ALL = [...OF_DATA_DIRECTORIES, ...COMPARED_BY_CLONES];

/** Limits the age of binary logs, in versions that have it. */
const BINLOG_EXPIRY = 'binlog-expire-logs-seconds';

/** One option and its value, with the cluster that it is set for. */
type Setting = At<{
  /** `all`, `primary` or `replica`. */
  readonly group: string;
  readonly option: string;
  /** A string by its type, but not always in JavaScript. */
  readonly value: unknown;
  readonly cluster: Cluster;
}>;

/** Rules on `settings`. */
export const settingsRules: readonly Rule<Cluster>[] = [
  ...forEach(
    settingsOf,
    rule<Setting>(
      'settings.*',
      'has only names of options: lower-case letters, digits, `_`, `-` and `.`, starting with a letter',
      ({ option }) => /^[a-z][a-z0-9_.-]*$/.test(option),
      ({ group, option }) =>
        `settings.${group}: "${option}" is not the name of an option. Use one from the MySQL manual, for example max_connections`,
    ),
    rule<Setting>(
      'settings.*',
      `has no option that the cluster's safety depends on: ${code(RESERVED_OPTIONS)}`,
      ({ option }) => !isOneOf(RESERVED_OPTIONS, option),
      ({ prop, value }) =>
        `${prop}: "${value}" would change an option that the cluster's safety depends on. Leave it out`,
    ),
    rule<Setting>(
      'settings.*',
      `has only in \`all\` what must be the same on every instance: ${code(OPTIONS_OF_ALL)}`,
      ({ group, option }) => group === 'all' || !isOneOf(OPTIONS_OF_ALL, option),
      ({ prop, value }) =>
        `${prop}: "${value}" must be the same on every instance, because each takes clones of the others. Move it to settings.all`,
    ),
    rule<Setting>(
      'settings.*',
      `has the full name of what must be the same on every instance: ${code(OPTIONS_OF_ALL)}`,
      ({ option }) => !isOneOf(OPTIONS_OF_ALL, option) || OPTIONS_OF_ALL.includes(optionName(option)),
      ({ prop, value }) =>
        `${prop}: "${value}" is for an option that is written in another way. Use its full name: ${OPTIONS_OF_ALL.join(', ')}`,
    ),
    rule<Setting>(
      'settings.*',
      `has no \`expire-logs-days\` if the version has \`${BINLOG_EXPIRY}\``,
      ({ option, cluster: { version } }) =>
        !isOneOf(['expire-logs-days'], option) || !(BINLOG_EXPIRY in version._facts.options),
      ({ prop, value }) =>
        `${prop}: "${value}" has no effect, because every instance has ${BINLOG_EXPIRY}. Use that option instead`,
    ),
    rule<Setting>(
      'settings.*',
      'has no `plugin-load` with `CloneMethod.clonePlugin()`',
      ({ option, cluster: { cloneMethod } }) => !isOneOf(['plugin-load'], option) || !cloneMethod._usesPlugin,
      ({ prop, value }) => `${prop}: "${value}" unloads the CLONE plugin. Use plugin-load-add`,
    ),
    rule<Setting>(
      'settings.*',
      'has a `tls-version` with TLSv1.2 or TLSv1.3',
      ({ option, value }) => !isOneOf(['tls-version'], option) || /\bTLSv1\.[23]\b/i.test(text(value)),
      ({ prop, value }) =>
        `${prop}: "${value}" leaves no TLS for replication and clones. Use TLSv1.2,TLSv1.3 or one of the two`,
    ),
    rule<Setting>(
      'settings.*',
      'has no `max-user-connections` from 1 to 9, which would keep the scripts from their own server',
      ({ option, value }) => !isOneOf(['max-user-connections'], option) || !/^\s*[1-9]\s*$/.test(text(value)),
      ({ prop, value }) =>
        `${prop}: "${value}" connections are too few for root, with whom several scripts of an instance log in. Use at least 10, or maxConnections of a user`,
    ),
    rule<Setting>(
      'settings.*',
      'has options of components, such as `validate_password.policy`, only with `loose-`',
      ({ option }) => !option.includes('.') || /^loose[-_]/.test(option),
      ({ prop, option, value }) =>
        `${prop}: "${value}" is for an option of a component, and no server starts with it before that is installed. Use loose-${option}`,
    ),
    rule<Setting>(
      'settings.*',
      'has only strings as values',
      ({ value }) => typeof value === 'string',
      ({ prop, value }) => `${prop}: ${value} is not a string. Use one, for example "500"`,
    ),
    rule<Setting>(
      'settings.*',
      'has only values of one line',
      ({ value }) => !/[\n\r\0]/.test(text(value)),
      ({ prop, value }) => `${prop}: ${JSON.stringify(value)} has more than one line. Use a value of one line`,
    ),
    rule<Setting>(
      'settings.*',
      'has only values that every YAML parser reads alike: no control characters',
      // In its file, it does not stand in the first line.
      ({ value }) => isReadAlike(`\n#${text(value)}\n`),
      ({ prop, value }) => misreading(prop, text(value)),
    ),
    rule<Setting>(
      'settings.*',
      'has values with a `#` only in quotes',
      ({ value }) => !text(value).includes('#') || /^('([^'\\]|\\.)*'|"([^"\\]|\\.)*")$/.test(text(value).trim()),
      ({ prop, value }) => `${prop}: "${value}" contains a #, which starts a comment. Put the value in quotes`,
    ),
    rule<Setting>(
      'settings.*',
      'has no `innodb-flush-method` that does not sync committed data, such as `nosync`',
      ({ option, value }) =>
        // nosync and littlesync. The server also accepts abbreviations and numbers, and removes quotes.
        !isOneOf(['innodb-flush-method'], option) || !/^['"]?(n|l|[23]\b)/i.test(text(value).trim()),
      ({ prop, value }) => `${prop}: "${value}" does not sync committed data. Use O_DIRECT or fsync`,
    ),
  ),
  distinct(
    'settings.*',
    'has each option only once, however it is written',
    settingsOf,
    ({ group, option }) => `${group} ${optionName(option)}`,
    ({ prop, value }, first) =>
      `${prop}: "${value}" is for the same option as ${first.option}. Leave out one of the two`,
  ),
];

export function settingsOf(cluster: Cluster): Setting[] {
  return Object.entries(cluster.settings).flatMap(([group, options = {}]) =>
    Object.entries(options as Record<string, unknown>).map(([option, value]) => ({
      prop: `settings.${group}.${option}`,
      group,
      option,
      value,
      cluster,
    })),
  );
}

function code(options: readonly string[]): string {
  return options.map((option) => `\`${option}\``).join(', ');
}

/** A value that can be judged as text; what is not a string has a rule itself. */
function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Whether an option is one of these. The server also accepts unambiguous prefixes of names. */
export function isOneOf(names: readonly string[], option: string): boolean {
  return withoutPrefixes(option).some((written) =>
    names.some((name) => name === written || (name.startsWith(written) && written.length > 4)),
  );
}

/** A name as it is, and without each of the prefixes that the server accepts; a name may have several. */
function withoutPrefixes(option: string): string[] {
  const name = optionName(option);
  const inner = name.replace(/^(skip|disable|enable|maximum|loose)-/, '');
  return inner === name ? [name] : [name, ...withoutPrefixes(inner)];
}

/** The name of an option as it stands in option files: `sync_binlog` and `loose-sync-binlog` are `sync-binlog`. */
function optionName(option: string): string {
  return option
    .toLowerCase()
    .replace(/_/g, '-')
    .replace(/^loose-/, '');
}
