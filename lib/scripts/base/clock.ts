import { bash } from './bash';

/** The clock of waiting, freshness and patience. The time of day jumps when somebody sets it, and bash's SECONDS with it. */
export const clock = bash`
uptime() { # prints the seconds since the node started
  local seconds
  read -r seconds _ </proc/uptime
  printf '%s\n' "\${seconds%.*}"
}
`;
