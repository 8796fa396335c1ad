import { bash } from './bash';

/** The clock of waiting, freshness and patience. The time of day jumps when somebody sets it, and bash's SECONDS with it. */
export const clock = bash`
look_at_clock() { # sets now to the seconds since the node started, without a process
  read -r now _ </proc/uptime
  now=\${now%.*}
}
uptime() { # prints them
  local now
  look_at_clock
  printf '%s\n' "$now"
}
`;
