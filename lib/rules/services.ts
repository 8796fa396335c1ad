import { isIP } from 'net';
import { Cluster } from '../cluster';
import { seconds } from '../quantities';
import { ResolvedService } from '../resolved';
import { isWhole } from './numbers';
import { At, distinct, forEach, rule, Rule, valuesOf } from './rule';

const DAY = 24 * 3600;
const FAMILY_POLICIES = ['SingleStack', 'PreferDualStack', 'RequireDualStack'];
const FAMILIES = ['IPv4', 'IPv6'];

/** A Service, and the prop that describes it, such as `services.read`. */
type ServiceSubject = At<ResolvedService>;

/** A Service of a cluster that can be reached from outside, with what decides whether clients reach an instance. */
type ExposedSubject = ServiceSubject & Pick<Cluster, 'network' | 'credentials'>;

/** Rules on any Service that clients connect to. */
export function clientServiceRules<Subject>(services: (subject: Subject) => ServiceSubject[]): Rule<Subject>[] {
  const exposed = (subject: Subject) => services(subject).filter(({ exposure }) => exposure._outside);
  return [
    ...forEach(
      services,
      rule<ServiceSubject>(
        'services.*.sessionAffinity',
        'is a whole number of seconds, at least 1 and at most a day',
        ({ sessionAffinity }) => sessionAffinity === undefined || isWhole(seconds(sessionAffinity), 1, DAY),
        ({ prop, sessionAffinity }) =>
          `${prop}.sessionAffinity: ${seconds(sessionAffinity)} s is not a whole number of seconds, from 1 second to a day. Use one, for example Duration.hours(3)`,
      ),
      rule<ServiceSubject>(
        'services.*.ipFamilyPolicy',
        'is `SingleStack`, `PreferDualStack` or `RequireDualStack`',
        ({ ipFamilyPolicy }) => ipFamilyPolicy === undefined || FAMILY_POLICIES.includes(ipFamilyPolicy),
        ({ prop, ipFamilyPolicy }) =>
          `${prop}.ipFamilyPolicy: "${ipFamilyPolicy}" is unknown. Use SingleStack, PreferDualStack or RequireDualStack`,
      ),
      rule<ServiceSubject>(
        'services.*.ipFamilies',
        'has `IPv4`, `IPv6`, or each of them once',
        ({ ipFamilies }) => ipFamilies === undefined || isSomeOf(FAMILIES, ipFamilies),
        ({ prop, ipFamilies = [] }) =>
          `${prop}.ipFamilies: [${ipFamilies.join(', ')}] is not a list of IP families. Use IPv4, IPv6, or each of them once`,
      ),
      rule<ServiceSubject>(
        'services.*.ipFamilies',
        'has two families only with an `ipFamilyPolicy` for two',
        ({ ipFamilyPolicy = 'SingleStack', ipFamilies = [] }) =>
          ipFamilies.length < 2 || ipFamilyPolicy !== 'SingleStack',
        ({ prop, ipFamilies = [] }) =>
          `${prop}.ipFamilies: [${ipFamilies.join(', ')}] are two families for a Service of one. Set ipFamilyPolicy to PreferDualStack or RequireDualStack, or leave one out`,
      ),
    ),
    ...forEach(
      exposed,
      rule<ServiceSubject>(
        'services.*.exposure',
        'has a `nodePort` from 30000 to 32767, or none',
        ({ exposure: { _options: options } }) =>
          options.nodePort === undefined || isWhole(options.nodePort, 30_000, 32_767),
        ({ prop, exposure: { _options: options } }) =>
          `${prop}.exposure: nodePort ${options.nodePort} is not a valid node port. Use one from 30000 to 32767, or leave it out`,
      ),
      rule<ServiceSubject>(
        'services.*.exposure',
        'has the `externalTrafficPolicy` `Local` or `Cluster`',
        ({ exposure: { _externalTrafficPolicy: externalTrafficPolicy } }) =>
          ['Cluster', 'Local'].includes(externalTrafficPolicy),
        ({ prop, exposure: { _externalTrafficPolicy: externalTrafficPolicy } }) =>
          `${prop}.exposure: externalTrafficPolicy "${externalTrafficPolicy}" is unknown. Use Local or Cluster`,
      ),
      rule<ServiceSubject>(
        'services.*.exposure',
        'has a `loadBalancerClass` such as `internal` or `example.com/internal`, or none',
        ({ exposure: { _options: options } }) =>
          options.loadBalancerClass === undefined || isClass(options.loadBalancerClass),
        ({ prop, exposure: { _options: options } }) =>
          `${prop}.exposure: loadBalancerClass "${options.loadBalancerClass}" is not the name of a class. Use one such as example.com/internal`,
      ),
      rule<ServiceSubject>(
        'services.*.exposure',
        'has no empty `sourceRanges`',
        ({ exposure: { _options: options } }) => options.sourceRanges?.length !== 0,
        ({ prop }) =>
          `${prop}.exposure: sourceRanges [] is empty, and Kubernetes reads an empty list as everybody. Name a range, or leave sourceRanges out`,
      ),
    ),
    ...forEach(
      (subject: Subject) => exposed(subject).flatMap(sourceRanges),
      rule<At<{ readonly range: string }>>(
        'services.*.exposure',
        'has only CIDRs in `sourceRanges`',
        ({ range }) => isCidr(range),
        ({ prop, range }) =>
          `${prop}.exposure: sourceRanges "${range}" is not a CIDR. Use one such as 203.0.113.0/24, or 203.0.113.7/32 for one address`,
      ),
    ),
    distinct(
      'services.*.exposure',
      'has no `nodePort` that another Service has',
      services,
      ({ exposure: { _options: options } }) => options.nodePort,
      ({ prop, exposure: { _options: options } }, first) =>
        `${prop}.exposure: nodePort ${options.nodePort} is also that of ${first.prop}. Use another one`,
    ),
  ];
}

/** Rules on `services`. */
export const servicesRules: readonly Rule<Cluster>[] = [
  ...clientServiceRules(servicesOf),
  // A Service that is exposed admits named clients only, and they reach an instance.
  ...forEach(
    exposedServicesOf,
    rule<ExposedSubject>(
      'services.*.exposure',
      'is `Exposure.clusterIp()` if `credentials` are insecure',
      ({ credentials }) => !credentials._insecure,
      ({ prop, exposure: { _type: type } }) =>
        `${prop}.exposure: ${type} with insecure credentials lets anybody in as root. Use Credentials.fromSecret()`,
    ),
    rule<ExposedSubject>(
      'services.*.exposure',
      'has `sourceRanges` unless `network.clients` is set or `network.policy` is `false`',
      ({ exposure, network: { policy, clients } }) =>
        !policy || clients !== undefined || exposure._options.sourceRanges !== undefined,
      ({ prop, exposure: { _type: type } }) =>
        `${prop}.exposure: ${type} reaches no instance, because the NetworkPolicy admits only the pods of the namespace. Set sourceRanges, or name all clients in network.clients`,
    ),
    rule<ExposedSubject>(
      'services.*.exposure',
      'is `Exposure.clusterIp()` if `network.clients` is empty',
      ({ network: { policy, clients } }) => !policy || clients?.length !== 0,
      ({ prop, exposure: { _type: type } }) =>
        `${prop}.exposure: ${type} reaches no instance, because network.clients: [] admits nobody. Name all clients, or leave network.clients out`,
    ),
    rule<ExposedSubject>(
      'services.*.exposure',
      'has the `externalTrafficPolicy` `Local` unless `network.clients` is set or `network.policy` is `false`',
      ({ exposure, network: { policy, clients } }) =>
        !policy || clients !== undefined || exposure._externalTrafficPolicy !== 'Cluster',
      ({ prop }) =>
        `${prop}.exposure: externalTrafficPolicy "Cluster" replaces the addresses of clients by those of nodes, which the NetworkPolicy does not admit. Use Local, or name the nodes in network.clients`,
    ),
    rule<ExposedSubject>(
      'services.*.exposure',
      'has no `sourceRanges` on a NodePort if `network.policy` is `false`',
      ({ exposure: { _type: type, _options: options }, network: { policy } }) =>
        policy || type !== 'NodePort' || options.sourceRanges === undefined,
      ({ prop }) =>
        `${prop}.exposure: sourceRanges of a NodePort have no effect with network.policy: false, because the NetworkPolicy enforces them. Leave out one of the two`,
    ),
    rule<ExposedSubject>(
      'services.*.exposure',
      'has `sourceRanges` on a LoadBalancer if `network.policy` is `false`',
      ({ exposure: { _type: type, _options: options }, network: { policy } }) =>
        policy || type !== 'LoadBalancer' || options.sourceRanges !== undefined,
      ({ prop, exposure: { _type: type } }) =>
        `${prop}.exposure: ${type} admits everybody, because network.policy: false omits the NetworkPolicy. Set sourceRanges; 0.0.0.0/0 means everybody`,
    ),
  ),
];

function servicesOf({ services: { primary, read } }: Cluster): ServiceSubject[] {
  return valuesOf('services', { primary, read });
}

function exposedServicesOf(cluster: Cluster): ExposedSubject[] {
  const { network, credentials } = cluster;
  return servicesOf(cluster)
    .filter(({ exposure }) => exposure._outside)
    .map((service) => ({ ...service, network, credentials }));
}

function sourceRanges({ prop, exposure: { _options: options } }: ServiceSubject): At<{ readonly range: string }>[] {
  return (options.sourceRanges ?? []).map((range) => ({ prop, range }));
}

/** Whether a list has at least one of some values, and each once. */
function isSomeOf(values: readonly string[], list: readonly string[]): boolean {
  return list.length > 0 && new Set(list).size === list.length && list.every((value) => values.includes(value));
}

/** Whether Kubernetes accepts a text as a load balancer class: a name, with or without a domain. */
function isClass(text: string): boolean {
  return /^([-.a-z0-9]+\/)?[a-zA-Z0-9]([-._a-zA-Z0-9]*[a-zA-Z0-9])?$/.test(text);
}

/** Whether a text is a range of IP addresses. */
export function isCidr(text: string): boolean {
  const [, address, length] = /^([^/%]+)\/(\d{1,3})$/.exec(text) ?? [];
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address ?? '')] ?? -1;
  return Number(length) <= bits;
}
