import { ReplicatedMySqlProps } from '../../lib';
import { Manifests, synth } from './manifests';

/** What one prop changes in the YAML: the values at some places without it, and with it. */
export interface Reach {
  readonly props: ReplicatedMySqlProps;
  readonly reaches: Readonly<Record<string, Change>>;
}

interface Change {
  readonly byDefault: unknown;
  readonly given: unknown;
}

/** The props of a group, such as `termination.preStop`. */
export type PropsOf<Group extends keyof ReplicatedMySqlProps> =
  `${Group}.${Extract<keyof NonNullable<ReplicatedMySqlProps[Group]>, string>}`;

export const SERVICES = ['Service/mysql', 'Service/mysql-primary', 'Service/mysql-read'];
export const SPEC = 'StatefulSet/mysql: spec';
export const POD = `${SPEC}.template.spec`;
export const CONTAINERS = {
  init: `${POD}.initContainers[init-mysql]`,
  clone: `${POD}.initContainers[clone-mysql]`,
  mysql: `${POD}.containers[mysql]`,
  xtrabackup: `${POD}.containers[xtrabackup]`,
};
export const SERVER_CONTAINERS = [CONTAINERS.init, CONTAINERS.mysql];
export const XTRABACKUP_CONTAINERS = [CONTAINERS.clone, CONTAINERS.xtrabackup];

/** The same change at the same field of several places. */
export function each(places: string[], field: string, byDefault: unknown, given: unknown): Reach['reaches'] {
  return Object.fromEntries(places.map((place) => [place + field, { byDefault, given }]));
}

export const has = (text: string): unknown => expect.stringContaining(text);
export const hasNot = (text: string): unknown => expect.not.stringContaining(text);

/** Tests where props reach in the YAML. A prop that is missing does not compile. */
export function testReach<Prop extends string>(reach: Readonly<Record<Prop, Reach>>): void {
  const byDefault = synth();
  describe.each(Object.entries<Reach>(reach))('%s', (_, { props, reaches }) => {
    let given: Manifests;
    beforeAll(() => {
      given = synth(props);
    });

    test.each(Object.entries(reaches))('reaches %s', (place, change) => {
      expect(byDefault.at(place)).toEqual(change.byDefault);
      expect(given.at(place)).toEqual(change.given);
    });
  });
}
