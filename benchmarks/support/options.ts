import { parseArgs } from 'util';
import { wholeNumber } from '../../test/e2e/support/whole-number';

/** The options of a benchmark that compares rows. */
export interface Options {
  /** The names of the rows to measure. */
  readonly rows: readonly string[];
  /** How often each row is measured. */
  readonly rounds: number;
  /** How long each measurement lasts. */
  readonly seconds: number;
  /** The commit of the earlier build to compare with. */
  readonly before?: string;
}

/** What a benchmark does without options. */
export type Defaults = Pick<Options, 'rows'> & Partial<Options>;

/** Parses `--row NAME` (repeatable), `--rounds N`, `--seconds N` and `--before COMMIT`. */
export function options(args: string[], defaults: Defaults): Options {
  const { values } = parseArgs({
    args,
    options: {
      row: { type: 'string', multiple: true, default: [] },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      before: { type: 'string' },
    },
  });
  const unknown = values.row.filter((row) => !defaults.rows.includes(row));
  if (unknown.length) throw new Error(`--row ${unknown.join(' ')}: give one of ${defaults.rows.join(', ')}`);
  return {
    rows: defaults.rows.filter((row) => !values.row.length || values.row.includes(row)),
    rounds: values.rounds === undefined ? (defaults.rounds ?? 1) : wholeNumber('rounds', values.rounds),
    seconds: values.seconds === undefined ? (defaults.seconds ?? 0) : wholeNumber('seconds', values.seconds),
    before: values.before,
  };
}
