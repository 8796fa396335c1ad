/** A condition that props must meet; the message names the prop, its value and the remedy. */
export interface Rule {
  readonly holds: boolean;
  readonly message: string;
}
