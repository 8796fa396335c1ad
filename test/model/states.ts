/** What an instance is, in one word. */
export interface StateFacts {
  /** Whether the instance is ready in it. */
  readonly ready: boolean;
  readonly role: 'any' | 'primary' | 'replica';
}

/** The states of an instance: the words of the scripts' verdicts, in the order of the glossary. */
export const STATES = {
  down: { ready: false, role: 'any' },
  full: { ready: false, role: 'any' },
  closed: { ready: false, role: 'primary' },
  open: { ready: true, role: 'primary' },
  connecting: { ready: false, role: 'replica' },
  replicating: { ready: true, role: 'replica' },
  lagging: { ready: false, role: 'replica' },
  detached: { ready: true, role: 'replica' },
  stopped: { ready: false, role: 'replica' },
  writable: { ready: false, role: 'replica' },
  fenced: { ready: false, role: 'replica' },
  cloning: { ready: false, role: 'replica' },
  failing: { ready: false, role: 'any' },
} as const satisfies Record<string, StateFacts>;

export type State = keyof typeof STATES;

/**
 * The states that may follow each one, if one thing happens between two looks. From every state an instance goes to
 * `down`, `full` and `failing`, and from these to any other.
 */
export const FOLLOWING: Readonly<Partial<Record<State, readonly State[]>>> = {
  closed: ['open'],
  open: ['closed'],
  connecting: ['replicating', 'detached', 'cloning', 'fenced'],
  replicating: ['lagging', 'connecting', 'detached', 'stopped', 'writable', 'cloning', 'fenced'],
  lagging: ['replicating'],
  detached: ['replicating', 'lagging', 'connecting', 'cloning', 'fenced'],
  stopped: ['replicating'],
  writable: ['replicating'],
  cloning: [],
  fenced: ['replicating', 'connecting', 'detached'],
};

/** Whether one state may follow another. */
export const mayFollow = (before: State, after: State): boolean =>
  [before, after].some((state) => STATES[state].role === 'any') || !!FOLLOWING[before]?.includes(after);
