import { bash } from './bash';

/** Defines `pause_since`, the pause of an init container between two looks for what it waits for. */
export const waiting = bash`
pause_since() { # TIME: of the beginning of the wait. Most waits of a start end within half a minute
  if (($(uptime) < $1 + 30)); then pause 0.3; else pause 1; fi
}
`;
