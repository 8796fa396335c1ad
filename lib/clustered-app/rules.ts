import { IConstruct } from 'constructs';
import { claimRules } from '../rules/claims';
import { ClusteredAppProps } from './props';
import { isServiceName, labelRule, nameRules, Naming } from '../rules/names';
import { Rule } from '../rules/rule';
import { clientServiceRules, nodePortRules } from '../rules/services';
import { Claim } from '../objects/stateful-set-spec';

/** What names the Services of a `ClusteredApp`. */
export function appNamings({ name, services = [] }: ClusteredAppProps): Naming[] {
  return [
    { prop: 'name', value: name, services: [name] },
    ...services.map((service) => ({ prop: 'services', value: service.name, services: [service.name] })),
  ];
}

/** The claims of a `ClusteredApp`, with the default in place. */
export function appClaims({ claims = [] }: ClusteredAppProps): Claim[] {
  return claims.map((given) => ({ ...given, accessModes: given.accessModes ?? ['ReadWriteOnce'] }));
}

/** What the props of a `ClusteredApp` must meet. */
export function clusteredAppRules(construct: IConstruct, props: ClusteredAppProps): Rule[] {
  const { replicas = 3, podMetadata, update } = props;
  const claims = appClaims(props);
  const partition = update?.partition ?? 0;
  return [
    ...nameRules(construct, props, appNamings(props)),
    {
      holds: Number.isInteger(replicas) && replicas >= 0,
      message: `replicas: ${replicas} is not a number of pods. Use a whole number, at least 0`,
    },
    {
      holds: Number.isInteger(partition) && partition >= 0,
      message: `update.partition: ${partition} is not an ordinal. Use a whole number, at least 0`,
    },
    ...portRules(props),
    ...claims.flatMap(appClaimRules),
    ...duplicates(claims.map(({ name }) => name)).map((name) => ({
      holds: false,
      message: `claims: "${name}" is the name of two claims. Give one of them another name`,
    })),
    ...mountRules(props),
    {
      holds: podMetadata?.labels?.app === undefined,
      message: `podMetadata.labels: "app: ${podMetadata?.labels?.app}" is a label that the library sets. Use another key`,
    },
    ...appServiceRules(props),
  ];
}

function portRules({ ports }: ClusteredAppProps): Rule[] {
  const given = Object.entries(ports);
  return [
    {
      holds: given.length > 0,
      message: 'ports: {} has no port, and a Service needs one. Name one, for example { http: 8080 }',
    },
    ...given.flatMap(([name, port], i) => [
      labelRule('ports', name),
      {
        holds: Number.isInteger(port) && port >= 1 && port <= 65_535,
        message: `ports.${name}: ${port} is not a port. Use one from 1 to 65535`,
      },
      {
        holds: !given.slice(0, i).some(([, other]) => other === port),
        message: `ports.${name}: ${port} is the number of another port, too. Use another one, or leave it out`,
      },
    ]),
  ];
}

const ACCESS_MODES = ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany', 'ReadOnlyMany'];

function appClaimRules({ name, size, accessModes }: Claim): Rule[] {
  return [
    labelRule('claims', name),
    ...claimRules(`claims.${name}`, { size, accessModes }),
    ...accessModes.map((mode) => ({
      holds: ACCESS_MODES.includes(mode),
      message: `claims.${name}.accessModes: "${mode}" is unknown. Use ReadWriteOnce, ReadWriteOncePod, ReadWriteMany or ReadOnlyMany`,
    })),
  ];
}

function mountRules({ claims = [], pod }: ClusteredAppProps): Rule[] {
  const names = [...claims, ...(pod.volumes ?? [])].map(({ name }) => name);
  const { initContainers = [], containers } = pod;
  return Object.entries({ initContainers, containers }).flatMap(([kind, given]) =>
    given.flatMap((container) =>
      (container.volumeMounts ?? []).map(({ name }) => ({
        holds: names.includes(name),
        message: `pod.${kind}.${container.name}.volumeMounts: "${name}" is neither a claim nor a volume of the pod. Name it in claims or pod.volumes`,
      })),
    ),
  );
}

function appServiceRules({ name: own, services = [] }: ClusteredAppProps): Rule[] {
  return [
    ...duplicates([own, ...services.map(({ name }) => name)]).map((name) => ({
      holds: false,
      message: `services: "${name}" is the name of two Services. Give one of them another name`,
    })),
    ...services.flatMap((service) => [
      {
        holds: isServiceName(service.name) && service.name.length <= 63,
        message: `services: "${service.name}" is not the name of a Service. Use at most 63 lower-case letters, digits and "-", a letter first`,
      },
      ...clientServiceRules(`services.${service.name}`, service),
      {
        holds: service.exposure?.type !== 'NodePort' || service.exposure.options.sourceRanges === undefined,
        message: `services.${service.name}.exposure: sourceRanges of a NodePort are not kept by the Service. Use a NetworkPolicy instead`,
      },
    ]),
    ...nodePortRules(Object.fromEntries(services.map((service) => [`services.${service.name}`, service]))),
  ];
}

function duplicates(names: string[]): string[] {
  return [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
}
