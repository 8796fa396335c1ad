import { Cluster } from '../cluster';
import { rule, Rule } from './rule';

/** `kubectl apply` keeps a copy of the ConfigMap in an annotation, as JSON; all annotations have at most 256 KiB. */
const MOST_KIBIBYTES = 128;

/** Rules on `initialize`. */
export const initializeRules: readonly Rule<Cluster>[] = [
  rule(
    'initialize.sql',
    `has at most ${MOST_KIBIBYTES} KiB, written as JSON`,
    ({ initialize: { _options } }) => kibibytes(_options.sql) <= MOST_KIBIBYTES,
    ({ initialize: { _options } }) =>
      `initialize.sql: ${Math.ceil(kibibytes(_options.sql))} KiB of SQL are too much for a ConfigMap that kubectl applies. Use at most ${MOST_KIBIBYTES} KiB, and load the rest through the primary`,
  ),
];

function kibibytes(text = ''): number {
  return Buffer.byteLength(JSON.stringify(text)) / 1024;
}
