import { k8s } from 'cdk8s-plus-28';
import { claimRules } from '../rules/claims';
import { statefulSetNameRules } from '../rules/name';
import { isWhole, wholeNumber } from '../rules/numbers';
import { Reservation, reservedOnce } from '../rules/reserved-names';
import { At, distinct, forEach, rule, Rule } from '../rules/rule';
import { clientServiceRules } from '../rules/services';
import { isDnsLabel, isServiceName } from '../rules/syntax';
import { updateRules } from '../rules/update';
import { App } from './app';

const ACCESS_MODES = ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany', 'ReadOnlyMany'];

type Service = At<App['services'][number]>;
type Claim = At<App['claims'][number]>;

interface Port {
  readonly name: string;
  readonly port: number;
}

/** The names that an app reserves. */
export function appReservations(app: App): Reservation[] {
  return [...reservedByName(app), ...reservedByServices(app)];
}

/** All rules on the props of a `ClusteredApp`. */
export const appRules: readonly Rule<App>[] = [
  ...statefulSetNameRules,
  reservedOnce('name', reservedByName),
  wholeNumber('replicas', 0, 'a number of pods', ({ replicas }) => replicas),
  rule(
    'ports',
    'has at least one port',
    ({ ports }) => Object.keys(ports).length > 0,
    () => 'ports: {} has no port, but a Service needs one. Name one, for example { http: 8080 }',
  ),
  ...forEach(
    portsOf,
    rule<Port>(
      'ports',
      'has only names that are DNS labels: at most 63 lower-case letters, digits and `-`',
      ({ name }) => isDnsLabel(name),
      ({ name }) => `ports: "${name}" is not a DNS label. Use at most 63 lower-case letters, digits and "-"`,
    ),
    rule<Port>(
      'ports.*',
      'is a whole number from 1 to 65535',
      ({ port }) => isWhole(port, 1, 65_535),
      ({ name, port }) => `ports.${name}: ${port} is not a port. Use one from 1 to 65535`,
    ),
  ),
  distinct(
    'ports.*',
    'is the number of no other port',
    portsOf,
    ({ port }) => port,
    ({ name, port }, first) =>
      `ports.${name}: ${port} is also the number of ports.${first.name}. Use another one, or leave it out`,
  ),
  rule(
    'pod.containers',
    'has at least one container',
    // Required by its type, but not in JavaScript.
    ({ pod: { containers = [] } }) => containers.length > 0,
    () =>
      'pod.containers: [] has no container, but a pod needs one. Name one, for example { name: "web", image: "example.com/web:1" }',
  ),
  ...forEach(
    mounts,
    rule<At<k8s.VolumeMount> & { readonly volumes: readonly string[] }>(
      'pod.*.*.volumeMounts',
      'has only names of `claims` and of `pod.volumes`',
      ({ name, volumes }) => volumes.includes(name),
      ({ prop, name }) =>
        `${prop}: "${name}" is neither a claim nor a volume of the pod. Define it in claims or pod.volumes`,
    ),
  ),
  rule(
    'podMetadata.labels',
    'does not have the label `app`, which the library sets',
    ({ podMetadata: { labels } }) => labels?.app === undefined,
    ({ podMetadata: { labels } }) =>
      `podMetadata.labels: "app: ${labels?.app}" is a label that the library sets. Use another key`,
  ),
  ...forEach(
    claimsOf,
    rule<Claim>(
      'claims',
      'has only names that are DNS labels: at most 63 lower-case letters, digits and `-`',
      ({ name }) => isDnsLabel(name),
      ({ name }) => `claims: "${name}" is not a DNS label. Use at most 63 lower-case letters, digits and "-"`,
    ),
  ),
  distinct(
    'claims',
    'has a different name for each claim',
    claimsOf,
    ({ name }) => name,
    ({ name }) => `claims: "${name}" is the name of two claims. Give one of them another name`,
  ),
  ...claimRules('claims.*', claimsOf),
  ...forEach(
    (app: App) => claimsOf(app).flatMap(({ prop, accessModes }) => accessModes.map((mode) => ({ prop, mode }))),
    rule<At<{ readonly mode: string }>>(
      'claims.*.accessModes',
      'has only `ReadWriteOnce`, `ReadWriteOncePod`, `ReadWriteMany` and `ReadOnlyMany`',
      ({ mode }) => ACCESS_MODES.includes(mode),
      ({ prop, mode }) =>
        `${prop}.accessModes: "${mode}" is unknown. Use ReadWriteOnce, ReadWriteOncePod, ReadWriteMany or ReadOnlyMany`,
    ),
  ),
  ...forEach(
    servicesOf,
    rule<Service>(
      'services',
      'has only names of Services: at most 63 lower-case letters, digits and `-`, starting with a letter',
      ({ name }) => isServiceName(name) && name.length <= 63,
      ({ name }) =>
        `services: "${name}" is not a valid name of a Service. Use at most 63 lower-case letters, digits and "-", starting with a letter`,
    ),
  ),
  distinct(
    'services',
    'has a different name for each Service, other than `name`',
    (app: App) => [{ name: app.name }, ...app.services],
    ({ name }) => name,
    ({ name }) => `services: "${name}" is the name of two Services. Give one of them another name`,
  ),
  reservedOnce('services', reservedByServices),
  ...clientServiceRules(servicesOf),
  ...forEach(
    servicesOf,
    rule<Service>(
      'services.*.exposure',
      'has no `sourceRanges` on a NodePort',
      ({ exposure: { _type: type, _options: options } }) => type !== 'NodePort' || options.sourceRanges === undefined,
      ({ prop }) =>
        `${prop}.exposure: a Service does not enforce the sourceRanges of a NodePort. Use a NetworkPolicy instead`,
    ),
  ),
  ...updateRules,
];

function reservedByName({ name }: App): Reservation[] {
  return [{ value: name, services: [name] }];
}

function reservedByServices({ services }: App): Reservation[] {
  return services.map(({ name }) => ({ value: name, services: [name] }));
}

function portsOf({ ports }: App): Port[] {
  return Object.entries(ports).map(([name, port]) => ({ name, port }));
}

function claimsOf({ claims }: App): Claim[] {
  return claims.map((claim) => ({ ...claim, prop: `claims.${claim.name}` }));
}

function servicesOf({ services }: App): Service[] {
  return services.map((service) => ({ ...service, prop: `services.${service.name}` }));
}

/** The mounts of all containers, each with the volumes that the pod has. */
function mounts({ claims, pod }: App): (At<k8s.VolumeMount> & { readonly volumes: readonly string[] })[] {
  const volumes = [...claims, ...(pod.volumes ?? [])].map(({ name }) => name);
  const { initContainers = [], containers = [] } = pod;
  return Object.entries({ initContainers, containers }).flatMap(([kind, list]) =>
    list.flatMap(({ name, volumeMounts = [] }) =>
      volumeMounts.map((mount) => ({ ...mount, volumes, prop: `pod.${kind}.${name}.volumeMounts` })),
    ),
  );
}
