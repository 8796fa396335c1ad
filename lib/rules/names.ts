import { IConstruct } from 'constructs';
import { claim, otherClaimants } from './reserved-names';
import { Rule } from './rule';

/** What names its objects. */
export interface Named {
  readonly name: string;
  readonly namespace?: string;
}

/** A prop, and the Services that its value names. */
export interface Naming {
  readonly prop: string;
  readonly value: string;
  readonly services: readonly string[];
}

/** Claims Services within the app: nothing else in the namespace may have their names. */
export function claimServices(construct: IConstruct, namespace: string | undefined, namings: readonly Naming[]): void {
  namings.flatMap(({ services }) => services).forEach((service) => claim(construct, key(namespace, service)));
}

/** What the name of a StatefulSet and of its headless Service must meet. */
export function nameRules(construct: IConstruct, { name, namespace }: Named, namings: readonly Naming[]): Rule[] {
  return [
    {
      holds: isServiceName(name),
      message: `name: "${name}" is not the name of a Service. Use lower-case letters, digits and "-", a letter first, for example "mysql"`,
    },
    {
      // Pods carry the label controller-revision-hash, <name>-<10 characters>, of at most 63 characters.
      holds: name.length <= 52,
      message: `name: "${name}" has ${name.length} characters, too many for the names and labels of its pods. Use at most 52`,
    },
    ...(namespace === undefined ? [] : [labelRule('namespace', namespace)]),
    ...namings.flatMap((naming) => collisions(construct, namespace, naming)),
  ];
}

/** What Kubernetes takes as the name of a namespace, a port or a volume. */
export function labelRule(prop: string, value: string): Rule {
  return {
    holds: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(value) && value.length <= 63,
    message: `${prop}: "${value}" is not a DNS label. Use at most 63 lower-case letters, digits and "-"`,
  };
}

/** Whether a Service may be called so, if it is short enough: 63 characters, or less where pods append to it. */
export function isServiceName(name: string): boolean {
  return /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name);
}

/** What the name of a Secret must meet. */
export function secretNameRule(prop: string, secret: string): Rule {
  return {
    holds: /^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/.test(secret) && secret.length <= 253,
    message: `${prop}: "${secret}" is not the name of a Secret. Use at most 253 lower-case letters, digits, "-" and "."`,
  };
}

/** One for each other construct that has one of these Services, too. */
function collisions(construct: IConstruct, namespace: string | undefined, { prop, value, services }: Naming): Rule[] {
  const others = new Map<IConstruct, string>();
  for (const service of services) {
    for (const other of otherClaimants(construct, key(namespace, service))) {
      if (!others.has(other)) others.set(other, service);
    }
  }
  return [...others].map(([other, service]) => ({
    holds: false,
    message: `${prop}: "${value}"${service === value ? '' : ` gives "${service}", which`} is also a Service of ${other.node.path}. Give one of the two another name or namespace`,
  }));
}

function key(namespace: string | undefined, service: string): string {
  return `${namespace ?? ''}/${service}`;
}
