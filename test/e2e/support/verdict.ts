import { State, STATES } from '../../model/states';

/** Matches the verdict of an instance in this state: `ready (STATE): text` or `unready (STATE): text`. */
export function verdict(state: State, text: string | RegExp): RegExp {
  const source = typeof text === 'string' ? text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : text.source;
  return new RegExp(`\\b${STATES[state].ready ? 'ready' : 'unready'} \\(${state}\\): ${source}`);
}
