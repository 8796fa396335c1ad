/** The states of an instance, and whether it is ready in them. */
const READY = {
  down: false,
  full: false,
  closed: false,
  open: true,
  connecting: false,
  replicating: true,
  lagging: false,
  detached: true,
  stopped: false,
  fenced: false,
  cloning: false,
  failing: false,
} as const;

export type State = keyof typeof READY;

/** Matches the verdict of an instance in this state: `ready (STATE): text` or `unready (STATE): text`. */
export function verdict(state: State, text: string | RegExp): RegExp {
  const source = typeof text === 'string' ? text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : text.source;
  return new RegExp(`\\b${READY[state] ? 'ready' : 'unready'} \\(${state}\\): ${source}`);
}
