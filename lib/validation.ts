import { Size, SizeRoundingBehavior } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Cluster } from './cluster';
import { optionName } from './my-cnf';
import { ResourceAmounts, SettingsProps } from './props';
import { readServiceName } from './read-service';
import { otherClaimants } from './registry';

/** A condition that props must meet; the message names the prop, its value and the remedy. */
interface Rule {
  readonly holds: boolean;
  readonly message: string;
}

/** Options that the library sets, or that would break the cluster (docs/decisions.md says how). */
const RESERVED_OPTIONS = new Set([
  'auto-generate-certs',
  'bind-address',
  'binlog-do-db',
  'binlog-format',
  'binlog-ignore-db',
  'binlog-gtid-simple-recovery',
  'datadir',
  'disable-log-bin',
  'enforce-gtid-consistency',
  'gtid-mode',
  'init-file',
  'innodb-flush-log-at-trx-commit',
  'innodb-force-recovery',
  'innodb-read-only',
  'log-bin',
  'log-bin-index',
  'log-replica-updates',
  'log-slave-updates',
  'pid-file',
  'port',
  'read-only',
  'relay-log',
  'relay-log-index',
  'relay-log-recovery',
  'replica-preserve-commit-order',
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
  'slave-preserve-commit-order',
  'socket',
  'super-read-only',
  'sync-binlog',
  'tmpdir',
  'user',
]);

/** All that the props of a cluster violate. */
export function violations(construct: IConstruct, cluster: Cluster): string[] {
  return [
    ...nameRules(construct, cluster),
    ...numberRules(cluster),
    ...imageRules(cluster),
    ...quantityRules(cluster),
    ...settingRules(cluster.settings),
    ...metadataRules(cluster),
  ]
    .filter((rule) => !rule.holds)
    .map((rule) => rule.message);
}

/** The names that nothing else in the namespace may have. */
export function claimedNames({ name, namespace }: Cluster): string[] {
  return [name, readServiceName(name)].map((service) => `${namespace ?? ''}/${service}`);
}

function nameRules(construct: IConstruct, cluster: Cluster): Rule[] {
  const { name, namespace } = cluster;
  const others = new Set(claimedNames(cluster).flatMap((claimed) => otherClaimants(construct, claimed)));
  return [
    {
      holds: /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name),
      message: `name: "${name}" is not the name of a Service. Use lower-case letters, digits and "-", a letter first, for example "mysql"`,
    },
    {
      // Pods carry the label controller-revision-hash, <name>-<10 characters>, of at most 63 characters.
      holds: name.length <= 52,
      message: `name: "${name}" has ${name.length} characters, too many for the names and labels of its pods. Use at most 52`,
    },
    {
      holds: namespace === undefined || (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(namespace) && namespace.length <= 63),
      message: `namespace: "${namespace}" is not a DNS label. Use at most 63 lower-case letters, digits and "-"`,
    },
    ...[...others].map((other) => ({
      holds: false,
      message: `name: "${name}" has the same Services as the cluster at ${other.node.path}. Give one of the two another name or namespace`,
    })),
  ];
}

function numberRules({ replicas, serverIdBase, partition, preStop, gracePeriod }: Cluster): Rule[] {
  return [
    {
      holds: Number.isInteger(replicas) && replicas >= 1,
      message: `replicas: ${replicas} is not a number of instances. Use a whole number, at least 1 (the primary)`,
    },
    {
      holds: Number.isInteger(serverIdBase) && serverIdBase >= 1 && serverIdBase + replicas - 1 <= 2 ** 32 - 1,
      message: `serverIdBase: ${serverIdBase} plus an ordinal is not a server-id. Use a whole number from 1 to 4294967295 less the replicas`,
    },
    {
      holds: Number.isInteger(partition) && partition >= 0,
      message: `update.partition: ${partition} is not an ordinal. Use a whole number, at least 0`,
    },
    {
      holds: gracePeriod.toSeconds() > preStop.toSeconds(),
      message: `termination.gracePeriod: ${gracePeriod.toSeconds()} s ends before termination.preStop (${preStop.toSeconds()} s) leaves time for a clean shutdown. Make it longer`,
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
    ...Object.entries(resources).flatMap(([container, { requests, limits }]) => [
      ...amounts(`resources.${container}.requests`, requests),
      ...amounts(`resources.${container}.limits`, limits),
    ]),
  ];
}

function isPositive(size: Size): boolean {
  return size.toKibibytes({ rounding: SizeRoundingBehavior.NONE }) > 0;
}

function settingRules(settings: SettingsProps): Rule[] {
  return Object.entries(settings).flatMap(([group, options]) =>
    Object.entries((options ?? {}) as Record<string, string>).flatMap(([option, value]) => [
      {
        holds: /^[A-Za-z][\w-]*$/.test(option),
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
        holds: !/[\n\r\0]/.test(value),
        message: `settings.${group}.${option}: ${JSON.stringify(value)} has more than one line. Use a value of one line`,
      },
    ]),
  );
}

/** An option without what may stand before its name. */
function bare(option: string): string {
  const name = optionName(option);
  return RESERVED_OPTIONS.has(name) ? name : name.replace(/^(skip|disable|enable)-/, '');
}

function metadataRules({ metadata, labels }: Cluster): Rule[] {
  return (['podLabels', 'serviceLabels'] as const).flatMap((prop) =>
    Object.entries(metadata[prop] ?? {}).map(([key, value]) => ({
      holds: !(key in labels),
      message: `metadata.${prop}: "${key}: ${value}" is a label that the library sets. Use another key`,
    })),
  );
}
