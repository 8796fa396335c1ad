/** A condition that props must meet; the message names the prop, its value and the remedy. */
export interface Rule {
  readonly holds: boolean;
  readonly message: string;
}

/** What the rules that do not hold have to say. */
export function messages(rules: readonly Rule[]): string[] {
  return rules.filter(({ holds }) => !holds).map(({ message }) => message);
}
