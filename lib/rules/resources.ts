import { Size } from 'cdk8s';
import { Cluster } from '../cluster';
import { ContainerResources, ResourceAmounts } from '../options/resources';
import { isPositive, kibibytes, millis } from '../quantities';
import { At, forEach, rule, Rule, valuesOf } from './rule';

/** The memory that the server of a first initialization needs; docs/decisions.md has the measurements. */
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
    withinLimit(
      'cpu',
      ({ cpu }) => millis(cpu),
      ({ cpu }) => cpu?.amount,
    ),
    withinLimit(
      'memory',
      ({ memory }) => kibibytes(memory),
      ({ memory }) => memory?.asString(),
    ),
    withinLimit(
      'ephemeralStorage',
      ({ ephemeralStorage }) => kibibytes(ephemeralStorage),
      ({ ephemeralStorage }) => ephemeralStorage?.asString(),
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

/** A rule that a request is not more than its limit. An amount that is not given is no number, so nothing is more than it. */
function withinLimit(
  name: keyof ResourceAmounts,
  number: (amounts: ResourceAmounts) => number,
  text: (amounts: ResourceAmounts) => string | undefined,
): Rule<At<ContainerResources>> {
  return rule(
    `resources.*.requests.${name}`,
    'is not more than its limit',
    ({ requests = {}, limits = {} }) => !(number(requests) > number(limits)),
    ({ prop, requests = {}, limits = {} }) =>
      `${prop}.requests.${name}: ${text(requests)} is more than its limit, ${text(limits)}. Raise the limit, or leave it out`,
  );
}

/** The memory that a container needs for the work that takes the most of it. */
interface Need {
  readonly need: Size;
  readonly work: string;
}

function needs({ resources: { mysql, xtrabackup }, cloneMethod }: Cluster): (At<ContainerResources> & Need)[] {
  return valuesOf('resources', {
    mysql: { ...mysql, need: INITIALIZATION, work: 'the first initialization' },
    xtrabackup: { ...xtrabackup, need: cloneMethod._memory, work: 'a clone' },
  });
}

function containers({ resources: { mysql, xtrabackup } }: Cluster): At<ContainerResources>[] {
  return valuesOf('resources', { mysql, xtrabackup });
}

function amounts(cluster: Cluster): At<ResourceAmounts>[] {
  return containers(cluster).flatMap(({ prop, requests = {}, limits = {} }) => valuesOf(prop, { requests, limits }));
}
