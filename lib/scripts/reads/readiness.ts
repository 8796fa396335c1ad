import { READY_PORT } from '../../names';
import { bash } from '../base/bash';

/**
 * Defines `keep_readiness`, which never ends: a port is open while this instance is ready. The kubelet's probe connects to
 * it, and starts no process. Nothing is read from a connection, so nobody can hold it.
 *
 * @param usesSocat whether the image has socat; the other images have gawk
 */
export const readiness = (usesSocat: boolean) => bash`
${usesSocat ? withSocat : withGawk}
keep_readiness() { # the verdict must be fresh, whatever keeps the rest of this script waiting
  local now verdict judged_at since=0 why open=''
  while true; do
    look_at_clock
    why=''
    { read -r verdict <"$status"; } 2>/dev/null || verdict=unready
    { read -r judged_at <"$judged" && since=$judged_at; } 2>/dev/null || true # it is being written
    if [[ -e $unready ]]; then
      why="$unready exists"
    elif [[ $verdict = ready\ * ]] && ((now - since > 30)); then
      why="there was no verdict for 30 s"
    fi
    [[ ! $why ]] || report "not ready: $why"
    if [[ $why || $verdict != ready\ * ]]; then
      [[ ! $open ]] || { kill "$open" && wait "$open"; } 2>/dev/null || true
      open=''
    elif ! kill -0 "$open" 2>/dev/null; then
      [[ ! $open ]] || report "cannot keep port ${READY_PORT} open: $(tail -n 1 /tmp/ready-port.log)"
      open_ready_port 2>/tmp/ready-port.log &
      open=$!
    fi
    if [[ $open ]]; then pause 0.5; else pause 0.1; fi # clients wait for an instance that has become ready
  done
}
`;

/** One process for each connection, for half a second. */
const withSocat = bash`
open_ready_port() { exec socat -T 1 -lf /dev/null TCP-LISTEN:${READY_PORT},fork,reuseaddr OPEN:/dev/null; }
`;

/** It takes one connection after the other, and closes each at once. */
const withGawk = bash`
open_ready_port() {
  exec gawk -v port=${READY_PORT} '
BEGIN {
  socket = "/inet/tcp/" port "/0/0"
  PROCINFO[socket, "NONFATAL"] = 1
  do { ERRNO = ""; printf "" |& socket; error = ERRNO; close(socket) } while (!error)
  print error >"/dev/stderr"
}'
}
`;
