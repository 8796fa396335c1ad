import { CLONE_PORT } from '../../names';
import { bash } from '../base/bash';

/** The listener of XtraBackup's image: each connection is the standard input and output of a `serve_peer`. */
export const socatListener = bash`
export clone_port=${CLONE_PORT} ciphers='cipher=ECDHE+AESGCM' # these ciphers need TLS 1.2 or later, in every version of socat

command -v socat >/dev/null ||
  refuse "the image of this container has no socat, which encrypts clones. Set images.xtrabackup to one that has it, such as" \
    "percona/percona-xtrabackup:2.4"

listen() { # drops a connection that stands still for 5 minutes
  # shellcheck disable=SC2046 # names of functions are single words
  export -f $(compgen -A function)
  exec socat -T 300 "TCP-LISTEN:$peer_port,fork,reuseaddr,max-children=32" EXEC:'bash --norc -c serve_peer'
}
`;

/** The listener of the server's image, which has no other program for it: one connection after another. */
export const gawkListener = bash`
one_by_one='
BEGIN {
  socket = "/inet/tcp/" port "/0/0"
  handler = "bash --norc -c answer_lines"
  PROCINFO[socket, "READ_TIMEOUT"] = 5000
  PROCINFO[socket, "NONFATAL"] = 1
  while ((getline nonce < "/proc/sys/kernel/random/uuid") > 0) {
    close("/proc/sys/kernel/random/uuid")
    print nonce |& socket # waits for a connection
    if ((socket |& getline line) > 0) {
      print nonce "\n" line |& handler
      close(handler, "to")
      while ((handler |& getline reply) > 0) print reply |& socket
      close(handler)
    }
    close(socket)
  }
}'

answer_lines() { # standard input: the nonce, then the line that the peer sent
  local nonce given theirs request
  read -r nonce && read -r given theirs request && answer_peer "$nonce" "$given" "$theirs" "$request"
}

listen() {
  # shellcheck disable=SC2046 # names of functions are single words
  export -f $(compgen -A function)
  while true; do
    gawk -v port="$peer_port" "$one_by_one" || true
    pause 1
  done
}
`;
