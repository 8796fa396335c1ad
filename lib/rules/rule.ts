/** A condition on the props of a construct. A list of rules can be read without any props. */
export interface Rule<Subject> {
  /** The prop, as its user writes it, such as `reads.maxLag`; `*` stands for each element of a group. */
  readonly prop: string;
  /** The condition in Markdown, as a sentence that begins with the prop: "is a whole number of seconds, at least 1". */
  readonly requires: string;
  /** A message for each violation. It names the prop, its value and the remedy. */
  violations(subject: Subject): string[];
}

/** A value, and the prop where its user finds it, such as `services.read`. */
export type At<Value> = Value & { readonly prop: string };

/** A rule on the subject as a whole. */
export function rule<Subject>(
  prop: string,
  requires: string,
  holds: (subject: Subject) => boolean,
  message: (subject: Subject) => string,
): Rule<Subject> {
  return { prop, requires, violations: (subject) => (holds(subject) ? [] : [message(subject)]) };
}

/** Rules on each item of the subject, such as each element of a list. */
export function forEach<Subject, Item>(
  items: (subject: Subject) => readonly Item[],
  ...rules: readonly Rule<Item>[]
): Rule<Subject>[] {
  return rules.map(({ prop, requires, violations }) => ({
    prop,
    requires,
    violations: (subject) => items(subject).flatMap((item) => violations(item)),
  }));
}

/** A rule that no two items have the same key; those without a key are left out. */
export function distinct<Subject, Item>(
  prop: string,
  requires: string,
  items: (subject: Subject) => readonly Item[],
  key: (item: Item) => unknown,
  message: (item: Item, first: Item) => string,
): Rule<Subject> {
  return {
    prop,
    requires,
    violations: (subject) => {
      const keyed = items(subject).filter((item) => key(item) !== undefined);
      return keyed.flatMap((item, i) => {
        const first = keyed.slice(0, i).find((other) => key(other) === key(item));
        return first === undefined ? [] : [message(item, first)];
      });
    },
  };
}

/** The values of a group of props, each with its own prop. */
export function valuesOf<Value extends object>(prop: string, group: Readonly<Record<string, Value>>): At<Value>[] {
  return Object.entries(group).map(([key, value]) => ({ ...value, prop: `${prop}.${key}` }));
}

/** The messages of all rules that the subject violates. */
export function violationsOf<Subject>(rules: readonly Rule<Subject>[], subject: Subject): string[] {
  return rules.flatMap((rule) => rule.violations(subject));
}
