import { parseArgs } from 'util';
import { seed as today } from '../../e2e/support/random';

/** What the command line asks for. */
export interface Options {
  /** Names of faults; none is all of them. */
  readonly faults: string[];
  /** Rounds of each; undefined is a full run. */
  readonly rounds?: number;
  readonly seed: number;
  readonly list: boolean;
  /** How many faults run side by side. */
  readonly atOnce: number;
  /** Whether docs/faults.md is written. */
  readonly record: boolean;
  /** Whether instances clone by the CLONE plugin. */
  readonly clonePlugin: boolean;
  /** Whether a failed fault's namespace stays. */
  readonly keep: boolean;
}

export function options(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      fault: { type: 'string', multiple: true, default: [] },
      rounds: { type: 'string' },
      seed: { type: 'string', default: String(today) },
      list: { type: 'boolean', default: false },
      'at-once': { type: 'string', default: '1' },
      record: { type: 'boolean', default: false },
      'clone-plugin': { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
    },
  });
  return {
    faults: values.fault,
    rounds: values.rounds === undefined ? undefined : positive('rounds', values.rounds),
    seed: Number(values.seed),
    list: values.list,
    atOnce: positive('at-once', values['at-once']),
    record: values.record,
    clonePlugin: values['clone-plugin'],
    keep: values.keep,
  };
}

function positive(name: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--${name} ${text}: give a whole number from 1`);
  return Number(text);
}
