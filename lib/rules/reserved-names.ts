import { IConstruct } from 'constructs';
import { Rule } from './rule';

/** A construct whose objects are in one namespace. */
export interface Namespaced {
  readonly construct: IConstruct;
  readonly namespace?: string;
}

/** The value of a prop, and the Services that it creates: nothing else in the namespace may have their names. */
export interface Reservation {
  readonly value: string;
  readonly services: readonly string[];
}

/** The constructs that reserved a name, by the root of their app: forgotten with the app. */
const holders = new WeakMap<IConstruct, Map<string, Set<IConstruct>>>();

/** All constructs that reserved a name. */
const reservers = new WeakSet<IConstruct>();

/** Whether a construct is one of this library's, whose names are reserved. */
export function isReserver(construct: IConstruct | undefined): boolean {
  return construct !== undefined && reservers.has(construct);
}

/** Reserves the names of Services for a construct. */
export function reserve({ construct, namespace }: Namespaced, reservations: readonly Reservation[]): void {
  const names = holders.get(construct.node.root) ?? new Map<string, Set<IConstruct>>();
  holders.set(construct.node.root, names);
  reservers.add(construct);
  for (const name of reservations.flatMap(({ services }) => services).map((service) => key(namespace, service))) {
    names.set(name, (names.get(name) ?? new Set()).add(construct));
  }
}

/** A rule that no other construct of the app has reserved the same names; one message for each that has. */
export function reservedOnce<Subject extends Namespaced>(
  prop: string,
  reservations: (subject: Subject) => readonly Reservation[],
): Rule<Subject> {
  return {
    prop,
    requires: 'creates no Service that another construct of the app creates in the same namespace',
    violations: (subject) =>
      reservations(subject).flatMap(({ value, services }) =>
        [...otherHolders(subject, services)].map(
          ([other, service]) =>
            `${prop}: "${value}" creates the Service "${service}", and so does ${other.node.path}. Give one of the two another name or namespace`,
        ),
      ),
  };
}

/** The other constructs that reserved one of the names, each with the first of these. */
function otherHolders({ construct, namespace }: Namespaced, services: readonly string[]): Map<IConstruct, string> {
  const others = new Map<IConstruct, string>();
  for (const service of services) {
    for (const holder of holders.get(construct.node.root)?.get(key(namespace, service)) ?? []) {
      if (holder !== construct && !others.has(holder)) others.set(holder, service);
    }
  }
  return others;
}

function key(namespace: string | undefined, service: string): string {
  return `${namespace ?? ''}/${service}`;
}
