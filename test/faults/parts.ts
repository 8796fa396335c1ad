import { faults } from './cases';
import { Fault } from './fault';

/**
 * The names of the faults that CI runs on each day of a fortnight, in the order in which they start. Every fault is in
 * one part. Faults with the same needs are in the same part where possible, because they share a cluster. The parts are
 * balanced by how long the faults take, and take about five minutes each.
 */
export const parts: readonly (readonly string[])[] = [
  ['primary-set-back', 'primary-volume-lost-sets-differ', 'primary-volume-lost-stopped', 'dns-gone'],
  ['primary-volume-full', 'no-room-to-clone-again', 'clone-volume-full'],
  ['earlier-volume-of-a-replica', 'primary-volume-lost-late', 'errant-write'],
  ['cut-off-past-the-logs', 'set-up-killed', 'primary-killed'],
  ['wrong-secret', 'rolling-update'],
  ['earlier-volume-of-the-primary', 'two-clones', 'primary-away'],
  ['scaled-in-succession', 'stranger', 'slow-connections', 'clone-long-without-network'],
  ['clone-killed', 'replica-killed', 'primary-power-cut', 'difference-without-a-gtid'],
  ['replica-volume-full', 'primary-volume-lost', 'away-past-the-logs'],
  ['restarted-without-dns', 'older-volume-ordered-ready', 'all-deleted'],
  ['power-cut-without-syncs', 'primary-node-unplugged', 'fenced-and-silent'],
  ['donor-deleted', 'reset-while-open', 'nodes-drained'],
  ['objecting-and-silent', 'first-start-without-dns', 'duplicate-key'],
  ['initialization-killed', 'clone-stream-cut', 'clone-without-network'],
];

const TODAY = 'today';

/** The number of a part, from 1; `today` is that of the day since 1970 in UTC, modulo their number. */
export function partNumbered(text: string, now = Date.now()): number {
  if (text === TODAY) return (Math.floor(now / 86_400_000) % parts.length) + 1;
  if (/^\d+$/.test(text) && parts[Number(text) - 1]) return Number(text);
  throw new Error(`--part ${text}: give 1 to ${parts.length}, or ${TODAY}`);
}

/** @param part its number, from 1 */
export function faultsOf(part: number): Fault[] {
  return parts[part - 1].map((name) => {
    const fault = faults.find((candidate) => candidate.name === name);
    if (!fault) throw new Error(`part ${part}: no fault is named ${name}`);
    return fault;
  });
}
