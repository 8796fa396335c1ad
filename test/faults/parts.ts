import { faults } from './cases';
import { Fault } from './fault';

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/**
 * The names of the faults that CI runs on each day of the week, in the order in which they start. Every fault is in one
 * part. Faults with the same needs are in the same part where possible, because they share a cluster. The parts are
 * balanced by the median recovery that the record shows for each fault, and take about five minutes each.
 */
export const parts: Readonly<Record<Weekday, readonly string[]>> = {
  monday: [
    'primary-set-back',
    'primary-volume-lost-sets-differ',
    'primary-volume-lost-stopped',
    'dns-gone',
    'clone-killed',
    'replica-killed',
    'primary-power-cut',
    'difference-without-a-gtid',
  ],
  tuesday: [
    'primary-volume-full',
    'no-room-to-clone-again',
    'clone-volume-full',
    'replica-volume-full',
    'primary-volume-lost',
    'away-past-the-logs',
  ],
  wednesday: [
    'earlier-volume-of-a-replica',
    'primary-volume-lost-late',
    'errant-write',
    'restarted-without-dns',
    'older-volume-ordered-ready',
    'all-deleted',
  ],
  thursday: [
    'cut-off-past-the-logs',
    'set-up-killed',
    'primary-killed',
    'power-cut-without-syncs',
    'primary-node-unplugged',
    'fenced-and-silent',
  ],
  friday: ['wrong-secret', 'rolling-update', 'donor-deleted', 'reset-while-open', 'nodes-drained'],
  saturday: [
    'earlier-volume-of-the-primary',
    'two-clones',
    'first-start-without-dns',
    'primary-away',
    'duplicate-key',
    'objecting-and-silent',
  ],
  sunday: [
    'scaled-in-succession',
    'stranger',
    'slow-connections',
    'clone-long-without-network',
    'initialization-killed',
    'clone-stream-cut',
    'clone-without-network',
  ],
};

/** The part with this weekday's name, or with its number from 1 for Monday. */
export function partNamed(text: string): Weekday {
  const found = WEEKDAYS.find((weekday, i) => text.toLowerCase() === weekday || text === String(i + 1));
  if (!found) throw new Error(`--part ${text}: give 1 to 7, or a weekday: ${WEEKDAYS.join(', ')}`);
  return found;
}

export function faultsOf(part: Weekday): Fault[] {
  return parts[part].map((name) => {
    const fault = faults.find((candidate) => candidate.name === name);
    if (!fault) throw new Error(`part ${part}: no fault is named ${name}`);
    return fault;
  });
}
