import { IConstruct } from 'constructs';
import { Cluster } from './cluster';
import { optionName } from './my-cnf';
import { claimedServices, nameRules } from './name-rules';
import { primaryServiceName } from './primary-service';
import { ResourceAmounts, SettingsProps } from './props';
import { isPositive, kibibytes, millis } from './quantities';
import { readServiceName } from './read-service';
import { messages, Rule } from './rule';
import { serviceRules } from './service-rules';

/** Options that the library sets, or that would break the cluster (docs/decisions.md says how). */
const RESERVED_OPTIONS = new Set([
  'auto-generate-certs',
  'bind-address',
  'binlog-do-db',
  'binlog-format',
  'binlog-ignore-db',
  'binlog-gtid-simple-recovery',
  'daemonize',
  'datadir',
  'disable-log-bin',
  'enforce-gtid-consistency',
  'gtid-mode',
  'init-file',
  'initialize',
  'initialize-insecure',
  'innodb-data-home-dir',
  'innodb-directories',
  'innodb-doublewrite',
  'innodb-doublewrite-dir',
  'innodb-flush-log-at-trx-commit',
  'innodb-force-recovery',
  'innodb-log-group-home-dir',
  'innodb-read-only',
  'innodb-undo-directory',
  'log-bin',
  'log-bin-index',
  'log-replica-updates',
  'log-slave-updates',
  'master-info-repository',
  'pid-file',
  'port',
  'read-only',
  'relay-log',
  'relay-log-index',
  'relay-log-info-repository',
  'relay-log-recovery',
  'replica-parallel-type',
  'replica-preserve-commit-order',
  'replica-skip-errors',
  'replicate-do-db',
  'replicate-do-table',
  'replicate-ignore-db',
  'replicate-ignore-table',
  'replicate-rewrite-db',
  'replicate-same-server-id',
  'replicate-wild-do-table',
  'replicate-wild-ignore-table',
  'report-host',
  'server-id',
  'skip-grant-tables',
  'skip-log-bin',
  'skip-name-resolve',
  'skip-networking',
  'skip-replica-start',
  'skip-slave-start',
  'slave-parallel-type',
  'slave-preserve-commit-order',
  'slave-skip-errors',
  'socket',
  'super-read-only',
  'sync-binlog',
  'tmpdir',
  'user',
]);

/** Options that a data directory is made with: a clone starts only under the same ones. */
const OPTIONS_OF_ALL = new Set(['innodb-data-file-path', 'innodb-page-size', 'lower-case-table-names']);

/** All that the props of a cluster violate. */
export function violations(construct: IConstruct, cluster: Cluster): string[] {
  return messages([
    ...nameRules(construct, cluster, claimedNames(cluster)),
    ...numberRules(cluster),
    ...imageRules(cluster),
    ...cloneMethodRules(cluster),
    ...quantityRules(cluster),
    ...settingRules(cluster.settings),
    ...credentialRules(cluster),
    ...metadataRules(cluster),
    ...serviceRules(cluster),
  ]);
}

/** The names that nothing else in the namespace may have. */
export function claimedNames(cluster: Cluster): string[] {
  const { name } = cluster;
  return claimedServices(cluster, [name, primaryServiceName(name), readServiceName(name)]);
}

function numberRules({
  replicas,
  serverIdBase,
  partition,
  maxUnavailable,
  maxLag,
  reads,
  preStop,
  gracePeriod,
}: Cluster): Rule[] {
  const highestOrdinal = Number.isInteger(replicas) ? replicas - 1 : 0;
  return [
    {
      holds: Number.isInteger(replicas) && replicas >= 1,
      message: `replicas: ${replicas} is not a number of instances. Use a whole number, at least 1 (the primary)`,
    },
    {
      holds: replicas !== 1 || !reads.replicasOnly || reads.fallBackToPrimary,
      message: `reads.from: replicas: ${replicas} leaves no replica to read from. Use more replicas, or fallBackToPrimary`,
    },
    {
      holds: Number.isInteger(serverIdBase) && serverIdBase >= 1 && serverIdBase + highestOrdinal <= 2 ** 32 - 1,
      message: `serverIdBase: ${serverIdBase} plus an ordinal is not a server-id. Use a whole number from 1 to 4294967295 less the replicas`,
    },
    {
      holds: Number.isInteger(partition) && partition >= 0,
      message: `update.partition: ${partition} is not an ordinal. Use a whole number, at least 0`,
    },
    {
      // With 0, no drain would ever end.
      holds: Number.isInteger(maxUnavailable) && maxUnavailable >= 1,
      message: `disruption.maxUnavailable: ${maxUnavailable} is not a number of instances. Use a whole number, at least 1`,
    },
    {
      holds: maxLag === undefined || (Number.isInteger(maxLag) && maxLag >= 1),
      message: `reads.maxLag: ${maxLag} s is not a whole number of seconds, at least 1. Use one, for example Duration.seconds(30)`,
    },
    {
      holds: Number.isInteger(preStop),
      message: `termination.preStop: ${preStop} s is not a whole number of seconds. Use one, for example Duration.seconds(5)`,
    },
    {
      holds: Number.isInteger(gracePeriod),
      message: `termination.gracePeriod: ${gracePeriod} s is not a whole number of seconds. Use one, for example Duration.minutes(5)`,
    },
    {
      holds: !(gracePeriod <= preStop),
      message: `termination.gracePeriod: ${gracePeriod} s ends before termination.preStop (${preStop} s) leaves time for a clean shutdown. Make it longer`,
    },
  ];
}

function imageRules({ images }: Cluster): Rule[] {
  return [
    {
      holds: [undefined, 'Always', 'IfNotPresent', 'Never'].includes(images.pullPolicy),
      message: `images.pullPolicy: "${images.pullPolicy}" is unknown. Use Always, IfNotPresent or Never`,
    },
  ];
}

function cloneMethodRules({ version, cloneMethod, images, reads, settings }: Cluster): Rule[] {
  const { usesPlugin, name, options } = cloneMethod;
  const { parallel, maxBandwidth } = options;
  const step = usesPlugin ? 1 : 10;
  return [
    {
      holds: !usesPlugin || version.facts.hasClonePlugin,
      message: `cloneMethod: MySQL ${version.tag} has no CLONE plugin, which came with 8.0.17. Use CloneMethod.xtraBackup()`,
    },
    {
      holds: usesPlugin || images.xtrabackup !== undefined,
      message: `cloneMethod: there is no XtraBackup for MySQL ${version.tag}. Use CloneMethod.clonePlugin(), or name an image in images.xtrabackup`,
    },
    {
      holds: !usesPlugin || !reads.fallBackToPrimary,
      message: `reads.from: Reads.fromReplicas() needs jq to fall back to the primary, which only the image of XtraBackup has. Use CloneMethod.xtraBackup(), or set fallBackToPrimary to false`,
    },
    {
      holds: parallel === undefined || (Number.isInteger(parallel) && parallel >= 1 && parallel <= 128),
      message: `cloneMethod: ${name} with parallel: ${parallel} is not a number of threads. Use a whole number from 1 to 128`,
    },
    {
      holds:
        maxBandwidth === undefined ||
        (isPositive(maxBandwidth) && Number.isInteger(kibibytes(maxBandwidth) / 1024 / step)),
      message: `cloneMethod: ${name} with maxBandwidth: ${maxBandwidth?.asString()} is no rate that it can keep. Use a multiple of ${step} MiB, for example Size.mebibytes(100)`,
    },
    ...Object.entries(settings).map(([group, given]) => ({
      holds: !usesPlugin || !Object.keys(given ?? {}).some((option) => optionName(option) === 'plugin-load'),
      message: `settings.${group}.plugin-load: "${given?.['plugin-load'] ?? given?.plugin_load}" unloads the CLONE plugin. Use plugin-load-add`,
    })),
  ];
}

/** Access modes of a volume that one pod at least may write to. */
const WRITABLE = ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany'];

function quantityRules({ storage, resources }: Cluster): Rule[] {
  const amounts = (prop: string, given: ResourceAmounts = {}): Rule[] => [
    {
      holds: given.cpu === undefined || /^(0\.\d*[1-9]\d*|[1-9]\d*(\.\d+)?)m?$/.test(given.cpu.amount),
      message: `${prop}.cpu: ${given.cpu?.amount} is not an amount of CPU. Use a positive one, for example Cpu.millis(500)`,
    },
    {
      holds: given.memory === undefined || isPositive(given.memory),
      message: `${prop}.memory: ${given.memory?.asString()} is not an amount of memory. Use a positive one, for example Size.gibibytes(1)`,
    },
  ];
  return [
    {
      holds: isPositive(storage.size),
      message: `storage.size: ${storage.size.asString()} is not a size. Use a positive one, for example Size.gibibytes(10)`,
    },
    {
      holds: storage.accessModes.length > 0,
      message: 'storage.accessModes: [] names no mode. Name one, for example ReadWriteOnce',
    },
    ...storage.accessModes.map((mode) => ({
      holds: WRITABLE.includes(mode),
      message: `storage.accessModes: "${mode}" does not let a server write. Use ReadWriteOnce, ReadWriteOncePod or ReadWriteMany`,
    })),
    ...Object.entries(resources).flatMap(([container, { requests, limits }]) => [
      ...amounts(`resources.${container}.requests`, requests),
      ...amounts(`resources.${container}.limits`, limits),
      {
        holds: !(millis(requests?.cpu) > millis(limits?.cpu)),
        message: `resources.${container}.requests.cpu: ${requests?.cpu?.amount} is more than its limit, ${limits?.cpu?.amount}. Raise the limit, or leave it out`,
      },
      {
        holds: !(kibibytes(requests?.memory) > kibibytes(limits?.memory)),
        message: `resources.${container}.requests.memory: ${requests?.memory?.asString()} is more than its limit, ${limits?.memory?.asString()}. Raise the limit, or leave it out`,
      },
    ]),
  ];
}

function credentialRules({ name, credentials: { secretName, keys } }: Cluster): Rule[] {
  if (secretName === undefined) return [];
  return [
    {
      // By default it is the cluster's, which has a rule of its own.
      holds: secretName === name || (/^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/.test(secretName) && secretName.length <= 253),
      message: `credentials: "${secretName}" is not the name of a Secret. Use at most 253 lower-case letters, digits, "-" and "."`,
    },
    ...Object.entries(keys).map(([account, key]) => ({
      holds: /^[-._a-zA-Z0-9]+$/.test(key) && key.length <= 253,
      message: `credentials: ${JSON.stringify(key)} is not the key of ${account}'s password in a Secret. Use at most 253 letters, digits, "-", "_" and "."`,
    })),
  ];
}

function settingRules(settings: SettingsProps): Rule[] {
  return Object.entries(settings).flatMap(([group, options]) =>
    Object.entries((options ?? {}) as Record<string, string>).flatMap(([option, value]) => [
      {
        holds: /^[a-z][a-z0-9_.-]*$/.test(option),
        message: `settings.${group}: "${option}" is not the name of an option. Use one of the manual's, for example max_connections`,
      },
      {
        // The server also takes unambiguous beginnings of names.
        holds: ![...RESERVED_OPTIONS].some(
          (reserved) => reserved === bare(option) || (reserved.startsWith(bare(option)) && bare(option).length > 4),
        ),
        message: `settings.${group}.${option}: "${value}" would change what the cluster's safety rests on. Leave it out`,
      },
      {
        holds: group === 'all' || !OPTIONS_OF_ALL.has(bare(option)),
        message: `settings.${group}.${option}: "${value}" must be the same on every instance, which has a copy of one data directory. Move it to settings.all`,
      },
      {
        holds: !/[\n\r\0]/.test(value),
        message: `settings.${group}.${option}: ${JSON.stringify(value)} has more than one line. Use a value of one line`,
      },
    ]),
  );
}

/** An option without what may stand before its name. */
function bare(option: string): string {
  const name = optionName(option);
  return RESERVED_OPTIONS.has(name) ? name : name.replace(/^(skip|disable|enable|maximum)-/, '');
}

function metadataRules({ metadata, labels }: Cluster): Rule[] {
  return (['podLabels', 'serviceLabels'] as const).flatMap((prop) =>
    Object.entries(metadata[prop] ?? {}).map(([key, value]) => ({
      holds: !(key in labels),
      message: `metadata.${prop}: "${key}: ${value}" is a label that the library sets. Use another key`,
    })),
  );
}
