import { IConstruct } from 'constructs';
import { otherClaimants } from './registry';
import { Rule } from './rule';

/** What names its objects. */
export interface Named {
  readonly name: string;
  readonly namespace?: string;
}

/** The keys by which Services are claimed in an app: nothing else in the namespace may have their names. */
export function claimedServices({ namespace }: Named, services: readonly string[]): string[] {
  return services.map((service) => `${namespace ?? ''}/${service}`);
}

/** What the name of a StatefulSet and of its headless Service must meet. */
export function nameRules(construct: IConstruct, { name, namespace }: Named, claimed: readonly string[]): Rule[] {
  const others = new Set(claimed.flatMap((service) => otherClaimants(construct, service)));
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
