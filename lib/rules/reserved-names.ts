import { IConstruct } from 'constructs';

/** Which constructs of an app claim a name; forgotten with the app. */
const claims = new WeakMap<IConstruct, Map<string, Set<IConstruct>>>();

/** Claims a name within the app for a construct. */
export function claim(construct: IConstruct, name: string): void {
  const names = claims.get(construct.node.root) ?? new Map<string, Set<IConstruct>>();
  claims.set(construct.node.root, names);
  names.set(name, (names.get(name) ?? new Set()).add(construct));
}

/** The other constructs of the app that claim the name. */
export function otherClaimants(construct: IConstruct, name: string): IConstruct[] {
  return [...(claims.get(construct.node.root)?.get(name) ?? [])].filter((other) => other !== construct);
}
