import { IConstruct } from 'constructs';
import { claimRules } from './claims';
import { Cluster } from '../cluster';
import { imageRules } from './images';
import { nameRules, Naming, secretNameRule } from './names';
import { MY_CNF_HASH, podHost, PRIMARY, primaryServiceName, READS_LABEL, readServiceName } from '../names';
import { ResourceAmounts } from '../options/resources';
import { isPositive, kibibytes, millis, seconds } from '../quantities';
import { messages, Rule } from './rule';
import { serviceRules } from './services';
import { settingRules } from './settings';

/** All that the props of a cluster violate. */
export function violations(construct: IConstruct, cluster: Cluster): string[] {
  return messages([
    ...nameRules(construct, cluster, clusterNamings(cluster)),
    ...hostRules(cluster),
    ...numberRules(cluster),
    ...imageRules(cluster),
    ...cloneMethodRules(cluster),
    ...quantityRules(cluster),
    ...settingRules(cluster),
    ...credentialRules(cluster),
    ...metadataRules(cluster),
    ...serviceRules(cluster),
  ]);
}

/** What names the Services of a cluster. */
export function clusterNamings({ name }: Cluster): Naming[] {
  return [{ prop: 'name', value: name, services: [name, primaryServiceName(name), readServiceName(name)] }];
}

function hostRules({ name, version }: Cluster): Rule[] {
  const { hostLength, words } = version.facts;
  const host = podHost(name, PRIMARY);
  return [
    {
      holds: host.length <= hostLength,
      message: `name: "${name}" makes "${host}" the primary's host, too long for ${words.change} of MySQL ${version.tag}, which takes ${hostLength} characters. Use at most ${Math.floor((hostLength - podHost('', PRIMARY).length) / 2)}`,
    },
  ];
}

function numberRules({
  replicas,
  serverIdBase,
  update: { partition },
  disruption: { budget, maxUnavailable },
  reads,
  termination,
}: Cluster): Rule[] {
  const [maxLag, preStop, gracePeriod] = [reads.maxLag, termination.preStop, termination.gracePeriod].map(seconds);
  const highestOrdinal = Number.isInteger(replicas) ? replicas - 1 : 0;
  return [
    {
      holds: Number.isInteger(replicas) && replicas >= 1,
      message: `replicas: ${replicas} is not a number of instances. Use a whole number, at least 1 (the primary)`,
    },
    {
      holds: replicas !== 1 || !reads.from.replicasOnly || reads.from.fallBackToPrimary,
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
      holds: maxUnavailable === undefined || (Number.isInteger(maxUnavailable) && maxUnavailable >= 1),
      message: `disruption.maxUnavailable: ${maxUnavailable} is not a number of instances. Use a whole number, at least 1`,
    },
    {
      holds: budget || maxUnavailable === undefined,
      message: `disruption.maxUnavailable: ${maxUnavailable} has no effect with budget: false. Leave out one of the two`,
    },
    {
      holds: reads.maxLag === undefined || (Number.isInteger(maxLag) && maxLag >= 1),
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
      holds: !(gracePeriod < preStop + 10),
      message: `termination.gracePeriod: ${gracePeriod} s leaves less than 10 s for a clean shutdown after termination.preStop (${preStop} s). Use at least ${preStop + 10} s`,
    },
  ];
}

function cloneMethodRules({ version, cloneMethod, images, reads }: Cluster): Rule[] {
  const { usesPlugin, name, options } = cloneMethod;
  const { parallel, compression, maxBandwidth } = options;
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
      holds: usesPlugin || !compression || version.facts.compressesBackups,
      message: `cloneMethod: ${name} with compression: ${compression} needs zstd, which the XtraBackup of MySQL ${version.tag} has not. Leave it out`,
    },
    {
      holds: !usesPlugin || !reads.from.fallBackToPrimary,
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
  ];
}

/** The least that a server needs for its own files. */
const LEAST_MEBIBYTES = 128;

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
    ...claimRules('storage', storage),
    {
      holds: !isPositive(storage.size) || kibibytes(storage.size) >= LEAST_MEBIBYTES * 1024,
      message: `storage.size: ${storage.size.asString()} has no room for a server, and is immutable once applied. Use at least ${LEAST_MEBIBYTES}Mi, for example Size.gibibytes(10)`,
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
    // By default it is the cluster's, which has a rule of its own.
    ...(secretName === name ? [] : [secretNameRule('credentials', secretName)]),
    ...Object.entries(keys).map(([account, key]) => ({
      holds: /^[-._a-zA-Z0-9]+$/.test(key) && key.length <= 253,
      message: `credentials: ${JSON.stringify(key)} is not the key of ${account}'s password in a Secret. Use at most 253 letters, digits, "-", "_" and "."`,
    })),
  ];
}

function metadataRules({ metadata, labels }: Cluster): Rule[] {
  const own = (prop: 'podLabels' | 'podAnnotations' | 'serviceLabels', what: string, keys: readonly string[]): Rule[] =>
    Object.entries(metadata[prop] ?? {}).map(([key, value]) => ({
      holds: !keys.includes(key),
      message: `metadata.${prop}: "${key}: ${value}" is ${what} that the library sets. Use another key`,
    }));
  return [
    ...own('podLabels', 'a label', [...Object.keys(labels), READS_LABEL]),
    ...own('podAnnotations', 'an annotation', [MY_CNF_HASH]),
    ...own('serviceLabels', 'a label', Object.keys(labels)),
  ];
}
