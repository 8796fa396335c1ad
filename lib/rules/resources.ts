import { Cluster } from '../cluster';
import { ContainerResources, ResourceAmounts } from '../options/resources';
import { isPositive, kibibytes, millis } from '../quantities';
import { At, forEach, rule, Rule, valuesOf } from './rule';

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
  ),
];

function containers({ resources: { mysql, xtrabackup } }: Cluster): At<ContainerResources>[] {
  return valuesOf('resources', { mysql, xtrabackup });
}

function amounts(cluster: Cluster): At<ResourceAmounts>[] {
  return containers(cluster).flatMap(({ prop, requests = {}, limits = {} }) => valuesOf(prop, { requests, limits }));
}
