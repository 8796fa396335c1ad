import { parseArgs } from 'util';
import { seed as today } from '../../e2e/support/random';
import { wholeNumber } from '../../e2e/support/whole-number';
import { partNumbered } from '../parts';

/** The options of the command line. */
export interface Options {
  /** Names of faults. Empty means all of them, or all of `part`. */
  readonly faults: string[];
  /** The part of the faults to run. Undefined means all parts. */
  readonly part?: number;
  /** Rounds of each fault. Undefined means a full run. */
  readonly rounds?: number;
  readonly seed: number;
  /** Whether to print the faults instead of running them. */
  readonly list: boolean;
  /** How many faults run at the same time. */
  readonly atOnce: number;
  /** Whether to write the results to the record and to docs/faults.md. */
  readonly record: boolean;
  /** Whether instances clone with XtraBackup, and not with the CLONE plugin. */
  readonly xtrabackup: boolean;
  /** How many processes keep each node busy meanwhile. */
  readonly load: number;
  /** Whether to keep the namespaces. */
  readonly keep: boolean;
}

export function options(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      fault: { type: 'string', multiple: true, default: [] },
      part: { type: 'string' },
      rounds: { type: 'string' },
      seed: { type: 'string', default: String(today) },
      list: { type: 'boolean', default: false },
      'at-once': { type: 'string', default: '1' },
      record: { type: 'boolean', default: false },
      xtrabackup: { type: 'boolean', default: false },
      load: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  });
  if (values.fault.length && values.part !== undefined) throw new Error('give --fault or --part, not both');
  if (values.load !== undefined && values.record)
    throw new Error('give --load or --record, not both: the record has no load');
  return {
    faults: values.fault,
    part: values.part === undefined ? undefined : partNumbered(values.part),
    rounds: values.rounds === undefined ? undefined : wholeNumber('rounds', values.rounds),
    seed: Number(values.seed),
    list: values.list,
    atOnce: wholeNumber('at-once', values['at-once']),
    record: values.record,
    xtrabackup: values.xtrabackup,
    load: values.load === undefined ? 0 : wholeNumber('load', values.load),
    keep: values.keep,
  };
}
