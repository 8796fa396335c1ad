import { Size } from 'cdk8s';
import { Cluster } from '../cluster';
import { ContainerResources, ResourceAmounts } from '../options/resources';
import { isPositive, kibibytes, millis } from '../quantities';
import { At, forEach, rule, Rule, valuesOf } from './rule';

/** What the server of a first initialization needs; docs/decisions.md has the measurements. */
const INITIALIZATION = Size.mebibytes(256);

/** Rules on `resources`. */
export const resourcesRules: readonly Rule<Cluster>[] = [
  ...forEach(
    amounts,
    rule<At<ResourceAmounts>>(
      'resources.*.*.cpu',
      'is a positive amount of CPU',
      ({ cpu }) => cpu === undefined || /^(0\.\d*[1-9]\d*|[1-9]\d*(\.\d+)?)m?$/.test(cpu.amount),
      ({ prop, cpu }) =>
        `${prop}.cpu: ${cpu?.amount} is not a positive amount of CPU. Use one, for example Cpu.millis(500)`,
    ),
    rule<At<ResourceAmounts>>(
      'resources.*.*.memory',
      'is a positive amount of memory',
      ({ memory }) => memory === undefined || isPositive(memory),
      ({ prop, memory }) =>
        `${prop}.memory: ${memory?.asString()} is not a positive amount of memory. Use one, for example Size.gibibytes(1)`,
    ),
    rule<At<ResourceAmounts>>(
      'resources.*.*.ephemeralStorage',
      'is a positive size',
      ({ ephemeralStorage }) => ephemeralStorage === undefined || isPositive(ephemeralStorage),
      ({ prop, ephemeralStorage }) =>
        `${prop}.ephemeralStorage: ${ephemeralStorage?.asString()} is not a positive size. Use one, for example Size.gibibytes(2)`,
    ),
  ),
  ...forEach(
    containers,
    rule<At<ContainerResources>>(
      'resources.*.requests.cpu',
      'is not more than its limit',
      ({ requests, limits }) => !(millis(requests?.cpu) > millis(limits?.cpu)),
      ({ prop, requests, limits }) =>
        `${prop}.requests.cpu: ${requests?.cpu?.amount} is more than its limit, ${limits?.cpu?.amount}. Raise the limit, or leave it out`,
    ),
    rule<At<ContainerResources>>(
      'resources.*.requests.memory',
      'is not more than its limit',
      ({ requests, limits }) => !(kibibytes(requests?.memory) > kibibytes(limits?.memory)),
      ({ prop, requests, limits }) =>
        `${prop}.requests.memory: ${requests?.memory?.asString()} is more than its limit, ${limits?.memory?.asString()}. Raise the limit, or leave it out`,
    ),
    rule<At<ContainerResources>>(
      'resources.*.requests.ephemeralStorage',
      'is not more than its limit',
      ({ requests, limits }) => !(kibibytes(requests?.ephemeralStorage) > kibibytes(limits?.ephemeralStorage)),
      ({ prop, requests, limits }) =>
        `${prop}.requests.ephemeralStorage: ${requests?.ephemeralStorage?.asString()} is more than its limit, ${limits?.ephemeralStorage?.asString()}. Raise the limit, or leave it out`,
    ),
  ),
  ...forEach(
    needs,
    rule<At<ContainerResources> & Need>(
      'resources.*.limits.memory',
      'is enough for what the container does: 400Mi for clones by the CLONE plugin, 256Mi for those by XtraBackup and for a first initialization',
      ({ limits, need }) => !(kibibytes(limits?.memory) < kibibytes(need)),
      ({ prop, limits, need, work }) =>
        `${prop}.limits.memory: ${limits?.memory?.asString()} is too little for ${work}, whose server would be killed for it each time. Use at least ${need.asString()}, or leave it out`,
    ),
  ),
];

/** What a container needs for the work that takes the most memory. */
interface Need {
  readonly need: Size;
  readonly work: string;
}

function needs({ resources: { mysql, xtrabackup }, cloneMethod }: Cluster): (At<ContainerResources> & Need)[] {
  return valuesOf('resources', {
    mysql: { ...mysql, need: INITIALIZATION, work: 'the first initialization' },
    xtrabackup: { ...xtrabackup, need: cloneMethod.memory, work: 'a clone' },
  });
}

function containers({ resources: { mysql, xtrabackup } }: Cluster): At<ContainerResources>[] {
  return valuesOf('resources', { mysql, xtrabackup });
}

function amounts(cluster: Cluster): At<ResourceAmounts>[] {
  return containers(cluster).flatMap(({ prop, requests = {}, limits = {} }) => valuesOf(prop, { requests, limits }));
}
