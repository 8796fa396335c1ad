import { isIP } from 'net';
import { Cluster } from '../cluster';
import { Exposure, ServiceProps } from '../options/services';
import { Rule } from './rule';

/** What the Services of a MySQL cluster for clients must meet. */
export function serviceRules(cluster: Cluster): Rule[] {
  const { primary, read } = cluster.services;
  const { policy, clients } = cluster.network;
  return [
    {
      holds: policy !== false || clients === undefined,
      message:
        'network.clients: nobody keeps to them with policy: false, which leaves the NetworkPolicy out. Leave out one of the two',
    },
    ...Object.entries({ primary, read }).flatMap(([service, props]) => [
      ...clientServiceRules(`services.${service}`, props),
      ...(props?.exposure?.outside ? doorRules(`services.${service}`, props.exposure, cluster) : []),
    ]),
    ...nodePortRules({ 'services.primary': primary, 'services.read': read }),
  ];
}

/** What any Service for clients must meet. */
export function clientServiceRules(prop: string, { exposure, sessionAffinity }: ServiceProps = {}): Rule[] {
  const timeout = sessionAffinity?.toSeconds({ integral: false });
  return [
    {
      holds: timeout === undefined || (Number.isInteger(timeout) && timeout >= 1 && timeout <= 86_400),
      message: `${prop}.sessionAffinity: ${timeout} s is not from 1 second to a day. Use whole seconds, for example Duration.hours(3)`,
    },
    ...(exposure?.outside ? optionRules(`${prop}.exposure`, exposure) : []),
  ];
}

function optionRules(prop: string, { externalTrafficPolicy, options }: Exposure): Rule[] {
  const { nodePort, sourceRanges, loadBalancerClass } = options;
  return [
    {
      holds: nodePort === undefined || (Number.isInteger(nodePort) && nodePort >= 30_000 && nodePort <= 32_767),
      message: `${prop}: nodePort ${nodePort} is not a port for Services. Use one from 30000 to 32767, or leave it out`,
    },
    {
      holds: ['Cluster', 'Local'].includes(externalTrafficPolicy),
      message: `${prop}: externalTrafficPolicy "${externalTrafficPolicy}" is unknown. Use Local or Cluster`,
    },
    {
      holds:
        loadBalancerClass === undefined ||
        /^([-.a-z0-9]+\/)?[a-zA-Z0-9]([-._a-zA-Z0-9]*[a-zA-Z0-9])?$/.test(loadBalancerClass),
      message: `${prop}: loadBalancerClass "${loadBalancerClass}" is not the name of a class. Use one such as example.com/internal`,
    },
    ...(sourceRanges ?? []).map((range) => ({
      holds: isCidr(range),
      message: `${prop}: sourceRanges "${range}" is not a CIDR. Use one such as 203.0.113.0/24, or 203.0.113.7/32 for one address`,
    })),
    {
      holds: sourceRanges?.length !== 0,
      message: `${prop}: sourceRanges [] names nobody, which Kubernetes takes for everybody. Name a range, or leave it out`,
    },
  ];
}

/** Who is exposed must say to whom, in a way that reaches the instances. */
function doorRules(prop: string, exposure: Exposure, { network, credentials }: Cluster): Rule[] {
  const { type, options, externalTrafficPolicy } = exposure;
  const policed = network.policy !== false;
  return [
    {
      holds: credentials.secretName !== undefined,
      message: `${prop}.exposure: ${type} with insecure credentials lets anybody in as root. Use Credentials.fromSecret()`,
    },
    {
      holds: !policed || network.clients !== undefined || options.sourceRanges !== undefined,
      message: `${prop}.exposure: ${type} reaches no instance, as the NetworkPolicy lets in the pods of the namespace only. Name sourceRanges, or all who may connect in network.clients`,
    },
    {
      holds: !policed || network.clients?.length !== 0,
      message: `${prop}.exposure: ${type} reaches no instance, as network.clients: [] is nobody. Name all who may connect, or leave network.clients out`,
    },
    {
      holds: !policed || network.clients !== undefined || externalTrafficPolicy !== 'Cluster',
      message: `${prop}.exposure: externalTrafficPolicy "Cluster" shows instances the addresses of nodes in place of the clients', which the NetworkPolicy does not let in. Use Local, or name the nodes in network.clients`,
    },
    {
      holds: policed || type !== 'NodePort' || options.sourceRanges === undefined,
      message: `${prop}.exposure: sourceRanges of a NodePort are kept by the NetworkPolicy, which network.policy leaves out. Leave out one of the two`,
    },
    {
      holds: policed || type !== 'LoadBalancer' || options.sourceRanges !== undefined,
      message: `${prop}.exposure: ${type} lets everybody in, as network.policy leaves the NetworkPolicy out. Name sourceRanges; 0.0.0.0/0 is everybody`,
    },
  ];
}

/** Of a port of the nodes there is one for all Services, here by their props. */
export function nodePortRules(services: Readonly<Record<string, ServiceProps | undefined>>): Rule[] {
  const given = Object.entries(services).map(([prop, service]) => ({
    prop,
    port: service?.exposure?.options.nodePort,
  }));
  return given.map(({ prop, port }, i) => {
    const first = given.slice(0, i).find((other) => other.port === port);
    return {
      holds: port === undefined || first === undefined,
      message: `${prop}.exposure: nodePort ${port} is that of ${first?.prop}. Use another one`,
    };
  });
}

function isCidr(range: string): boolean {
  const [, address, length] = /^([^/%]+)\/(\d{1,3})$/.exec(range) ?? [];
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address ?? '')] ?? -1;
  return Number(length) <= bits;
}
