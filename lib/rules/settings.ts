import { Cluster } from '../cluster';
import { Rule } from './rule';

/** Options that the library sets, or that would break the cluster. */
const RESERVED_OPTIONS = [
  // What a crash may take.
  ...['sync-binlog', 'innodb-flush-log-at-trx-commit', 'innodb-doublewrite', 'innodb-force-recovery'],
  ...['relay-log-recovery', 'relay-log-purge', 'master-info-repository', 'relay-log-info-repository'],
  // A server that cannot write its binary log must stop, and a transaction that does not fit must be seen.
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
  // Who takes writes.
  ...['read-only', 'super-read-only', 'innodb-read-only'],
  // One data directory, which is moved by one rename.
  ...['datadir', 'tmpdir', 'innodb-data-home-dir', 'innodb-directories', 'innodb-doublewrite-dir'],
  ...['innodb-log-group-home-dir', 'innodb-undo-directory', 'initialize', 'initialize-insecure', 'init-file'],
  // Where and as whom it runs, and who gets in.
  ...['bind-address', 'port', 'socket', 'pid-file', 'daemonize', 'user', 'skip-networking', 'skip-name-resolve'],
  ...['skip-grant-tables', 'auto-generate-certs'],
];

/** Options that a data directory is made with: a clone starts only under the same ones. */
const OPTIONS_OF_ALL = ['innodb-data-file-path', 'innodb-page-size', 'lower-case-table-names'];

/** What bounds the age of binary logs where the version has it. */
const BINLOG_EXPIRY = 'binlog-expire-logs-seconds';

/** What the settings of the servers must meet. */
export function settingRules(cluster: Cluster): Rule[] {
  return Object.entries(cluster.settings).flatMap(([group, options]) =>
    Object.entries((options ?? {}) as Record<string, unknown>).flatMap(([option, value], _, all) => {
      const first = all.find(([other]) => optionName(other) === optionName(option))![0];
      return [
        ...optionRules(cluster, group, option, value),
        {
          holds: first === option,
          message: `settings.${group}.${option}: "${value}" is for the same option as ${first}. Leave out one of the two`,
        },
        ...valueRules(`settings.${group}.${option}`, option, value),
      ];
    }),
  );
}

function optionRules({ version, cloneMethod }: Cluster, group: string, option: string, value: unknown): Rule[] {
  const setting = `settings.${group}.${option}: "${value}"`;
  return [
    {
      holds: /^[a-z][a-z0-9_.-]*$/.test(option),
      message: `settings.${group}: "${option}" is not the name of an option. Use one of the manual's, for example max_connections`,
    },
    {
      holds: !isOneOf(RESERVED_OPTIONS, option),
      message: `${setting} would change what the cluster's safety rests on. Leave it out`,
    },
    {
      holds: group === 'all' || !isOneOf(OPTIONS_OF_ALL, option),
      message: `${setting} must be the same on every instance, which has a copy of one data directory. Move it to settings.all`,
    },
    {
      holds: !isOneOf(['expire-logs-days'], option) || !(BINLOG_EXPIRY in version.facts.options),
      message: `${setting} has no effect beside ${BINLOG_EXPIRY}, which every instance has. Use that one`,
    },
    {
      holds: !isOneOf(['plugin-load'], option) || !cloneMethod.usesPlugin,
      message: `${setting} unloads the CLONE plugin. Use plugin-load-add`,
    },
  ];
}

function valueRules(prop: string, option: string, value: unknown): Rule[] {
  if (typeof value !== 'string') {
    return [{ holds: false, message: `${prop}: ${value} is not text. Use a string, for example "500"` }];
  }
  return [
    {
      holds: !/[\n\r\0]/.test(value),
      message: `${prop}: ${JSON.stringify(value)} has more than one line. Use a value of one line`,
    },
    {
      holds: !value.includes('#') || /^('([^'\\]|\\.)*'|"([^"\\]|\\.)*")$/.test(value.trim()),
      message: `${prop}: "${value}" has a #, with which a comment begins. Put the value into quotes`,
    },
    {
      // nosync and littlesync; the server also takes beginnings and numbers, and takes quotes away.
      holds: !isOneOf(['innodb-flush-method'], option) || !/^['"]?(n|l|[23]\b)/i.test(value.trim()),
      message: `${prop}: "${value}" does not sync what is committed. Use O_DIRECT or fsync`,
    },
  ];
}

/** Whether an option is one of these. The server also takes unambiguous beginnings of names. */
function isOneOf(names: readonly string[], option: string): boolean {
  return forms(option).some((form) =>
    names.some((name) => name === form || (name.startsWith(form) && form.length > 4)),
  );
}

/** A name as it is, and without each of the prefixes that the server takes, of which names may have several. */
function forms(option: string): string[] {
  const name = optionName(option);
  const inner = name.replace(/^(skip|disable|enable|maximum|loose)-/, '');
  return inner === name ? [name] : [name, ...forms(inner)];
}

/** The name of an option as the manual's option files have it: `sync_binlog` and `loose-sync-binlog` are `sync-binlog`. */
function optionName(option: string): string {
  return option
    .toLowerCase()
    .replace(/_/g, '-')
    .replace(/^loose-/, '');
}
