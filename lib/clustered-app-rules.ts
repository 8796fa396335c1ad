import { IConstruct } from 'constructs';
import { ClusteredAppProps } from './clustered-app-props';
import { nameRules } from './name-rules';
import { isPositive } from './quantities';
import { Rule } from './rule';
import { clientServiceRules } from './service-rules';

/** What the props of a `ClusteredApp` must meet. */
export function clusteredAppRules(construct: IConstruct, props: ClusteredAppProps, claimed: readonly string[]): Rule[] {
  const { replicas = 3, ports, claims = [], services = [], podMetadata, update } = props;
  const partition = update?.partition ?? 0;
  const names = services.map(({ name }) => name);
  return [
    ...nameRules(construct, props, claimed),
    {
      holds: Number.isInteger(replicas) && replicas >= 0,
      message: `replicas: ${replicas} is not a number of pods. Use a whole number, at least 0`,
    },
    {
      holds: Number.isInteger(partition) && partition >= 0,
      message: `update.partition: ${partition} is not an ordinal. Use a whole number, at least 0`,
    },
    {
      holds: Object.keys(ports).length > 0,
      message: 'ports: {} has no port, and a Service needs one. Name one, for example { http: 8080 }',
    },
    ...Object.entries(ports).map(([name, port]) => ({
      holds: Number.isInteger(port) && port >= 1 && port <= 65_535,
      message: `ports.${name}: ${port} is not a port. Use one from 1 to 65535`,
    })),
    ...claims.map(({ name, size }) => ({
      holds: isPositive(size),
      message: `claims.${name}.size: ${size.asString()} is not a size. Use a positive one, for example Size.gibibytes(10)`,
    })),
    ...duplicates([props.name, ...names]).map((name) => ({
      holds: false,
      message: `services: "${name}" is the name of two Services. Give one of them another name`,
    })),
    ...duplicates(claims.map(({ name }) => name)).map((name) => ({
      holds: false,
      message: `claims: "${name}" is the name of two claims. Give one of them another name`,
    })),
    {
      holds: podMetadata?.labels?.app === undefined,
      message: `podMetadata.labels: "app: ${podMetadata?.labels?.app}" is a label that the library sets. Use another key`,
    },
    ...services.flatMap((service) => [
      ...clientServiceRules(`services.${service.name}`, service),
      {
        holds: service.exposure?.type !== 'NodePort' || service.exposure.options.sourceRanges === undefined,
        message: `services.${service.name}.exposure: sourceRanges of a NodePort are not kept by the Service. Use a NetworkPolicy instead`,
      },
    ]),
  ];
}

function duplicates(names: string[]): string[] {
  return [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
}
