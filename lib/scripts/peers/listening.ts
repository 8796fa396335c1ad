import { CLONE_PORT } from '../../names';
import { bash } from '../base/bash';

/** The listener of XtraBackup's image: each connection is the standard input and output of a `serve_peer`. */
export const socatListener = bash`
export clone_port=${CLONE_PORT} ciphers='cipher=ECDHE+AESGCM' # these ciphers need TLS 1.2 or later, in every version of socat

export unproved=/tmp/unproved # a file for each conversation that has not proved anything yet: ADDRESS.PROCESS

is_one_of_few() { # so that no stranger uses up what peers need: an address has up to four such conversations
  local other count=0
  unproved_file=$unproved/$SOCAT_PEERADDR.$BASHPID
  mkdir -p "$unproved" && touch "$unproved_file" || return
  trap 'rm -f "$unproved_file"' EXIT
  for other in "$unproved/$SOCAT_PEERADDR".*; do
    [[ ! -d /proc/\${other##*.} ]] || count=$((count + 1))
  done
  ((count <= 4))
}

serve_peer() { # one connection, on standard input and output
  local nonce given theirs request
  is_one_of_few || return 0
  nonce=$(</proc/sys/kernel/random/uuid)
  printf '%s\n' "$nonce"
  read -r -t 5 -n 100000 given theirs request || return 0 # 5 s for all of it, however slowly it comes
  answer_peer "$nonce" "$given" "$theirs" "$request"
}

listen() { # drops a connection that stands still for 5 minutes; socat itself would log each reset of a stranger
  # shellcheck disable=SC2046 # names of functions are single words
  export -f $(compgen -A function)
  exec socat -T 300 -lf /dev/null "TCP-LISTEN:$peer_port,fork,reuseaddr" EXEC:'bash --norc -c serve_peer'
}
`;

/**
 * The listener of the server's image, which has no other program for it. A gawk takes one connection and listens no
 * more, so the next one can: connections are served next to each other, and no process starts while nobody connects.
 */
export const gawkListener = bash`
one_connection='
BEGIN {
  socket = "/inet/tcp/" port "/0/0"
  # A shell other than bash, as sh may be, would drop functions from the environment.
  handler = "ulimit -S -v unlimited; exec bash --norc -c \". " functions "; answer_lines\" 2>&3"
  PROCINFO[socket, "NONFATAL"] = 1
  getline nonce < "/proc/sys/kernel/random/uuid"
  print nonce |& socket # waits for a connection
  if (ERRNO) exit 1
  print "connected"
  fflush()
  if ((socket |& getline line) <= 0) exit
  print "asked"
  fflush()
  print nonce "\n" line |& handler
  close(handler, "to")
  while ((handler |& getline reply) > 0) print reply |& socket
}'

answer_lines() { # standard input: the nonce, then the line that the peer sent
  local nonce given theirs request
  read -r nonce && read -r -n 100000 given theirs request && answer_peer "$nonce" "$given" "$theirs" "$request"
}

await_connection() { # DESCRIPTOR of a gawk's output; fails if it ends without a connection
  local code
  while ((\${#unasked[@]})); do
    code=0
    read -r -t 1 -u "$1" || code=$?
    ((code > 128)) || return "$code"
    dismiss_unasked
  done
  read -r -u "$1"
}

dismiss_unasked() { # forgets the connections that have asked; ends those that have not within 5 s, and the oldest of too many
  local i descriptor process since now too_many=$((\${#unasked[@]} - 32))
  now=$(uptime)
  for i in "\${!unasked[@]}"; do # the oldest first
    read -r descriptor process since <<<"\${unasked[i]}"
    if ! read -r -t 0 -u "$descriptor"; then # it has neither asked nor ended
      ((now - since >= 5 || too_many > 0)) || continue
      kill "$process" 2>/dev/null || true
    fi
    exec {descriptor}<&-
    unset 'unasked[i]'
    too_many=$((too_many - 1))
  done
}

listen() {
  local functions=/tmp/answers.bash descriptor process
  local -a unasked=() # of each connection that has not asked yet: the descriptor and process of its gawk, and since when
  declare -f >"$functions"
  while true; do
    # What a stranger sends before it has proved anything stays within this memory.
    exec {descriptor}< <(ulimit -S -v 65536 && LC_ALL=C exec gawk -v port="$peer_port" -v functions="$functions" "$one_connection" 3>&2 2>/dev/null)
    process=$!
    if await_connection "$descriptor"; then
      unasked+=("$descriptor $process $(uptime)")
      dismiss_unasked
    else
      exec {descriptor}<&-
      pause 1
    fi
  done
}
`;
