import { Duration } from 'cdk8s';
import { seconds } from '../quantities';
import { rule, Rule } from './rule';

/** Whether a number is whole, and from `least` to `most`. */
export function isWhole(number: number, least: number, most = Infinity): boolean {
  return Number.isInteger(number) && number >= least && number <= most;
}

/** A rule that a prop, if it is set, is a whole number. `what` says what it counts. */
export function wholeNumber<Subject>(
  prop: string,
  least: number,
  what: string,
  value: (subject: Subject) => number | undefined,
): Rule<Subject> {
  return rule(
    prop,
    `is a whole number, at least ${least}`,
    (subject) => isWhole(value(subject) ?? least, least),
    (subject) => `${prop}: ${value(subject)} is not ${what}. Use a whole number, at least ${least}`,
  );
}

/** A rule that a prop, if it is set, is a whole number of seconds. */
export function wholeSeconds<Subject>(
  prop: string,
  least: number,
  example: string,
  value: (subject: Subject) => Duration | undefined,
): Rule<Subject> {
  const what = `a whole number of seconds${least ? `, at least ${least}` : ''}`;
  return rule(
    prop,
    `is ${what}`,
    (subject) => value(subject) === undefined || isWhole(seconds(value(subject)), least),
    (subject) => `${prop}: ${seconds(value(subject))} s is not ${what}. Use one, for example ${example}`,
  );
}
