import { bash } from './bash';

/** The statement with which a session begins that must not depend on the server's settings. */
export const BEGIN = "SET autocommit = 1, sql_mode = '', max_execution_time = 0";

/** Options of its client. */
export const SESSION = `--default-character-set=utf8mb4 --init-command="${BEGIN}"`;

/**
 * Executes SQL as root. `query` keeps one session for the looks of the sidecar, so that they start no process; a new
 * session reads the password anew.
 */
export const session = bash`
is_busy() { [[ $1 = *'ERROR 1040 '* ]]; } # ERROR: clients have all of max_connections

sql() { # tries again while they have: the server keeps one more for root, which clients take for a moment as they try
  local error code out tries
  exec {out}>&1
  for tries in {9..0}; do
    code=0
    error=$(mysql --defaults-file=<(login root "\${root_by:-root}") ${SESSION} \
      --socket="$socket" --batch --skip-column-names "$@" 2>&1 >&"$out") || code=$?
    if ((!code || !tries)) || ! is_busy "$error"; then break; fi
    sleep 0.2
  done
  exec {out}>&-
  [[ ! $error ]] || printf '%s\n' "$error" >&2
  return "$code"
}

session='' # its process
open_session() { # not a coprocess: bash takes its descriptors away when it ends, perhaps before they are used
  local login
  exec {login}< <(login root) {to_server}<> <(:)
  exec {from_server}< <(exec mysql --defaults-file="/dev/fd/$login" ${SESSION} \
    --socket="$socket" --batch --skip-column-names --unbuffered <"/dev/fd/$to_server" {to_server}>&- 2>&1) # so that it ends with this process
  session=$!
  exec {login}<&-
}

close_session() {
  kill -KILL "$session" 2>/dev/null || true
  wait "$session" 2>/dev/null || true
  exec {to_server}>&- {from_server}<&-
  session=''
}

query() { # EXPRESSION: sets found to its value, in one line; else fails, after 10 s at most, and found has the reason
  local line code=0 again=$session tries=\${2:-10}
  [[ $session ]] || open_session
  found='the session with it has ended'
  printf "SELECT CONCAT('=', %s);\n" "$1" >&"$to_server"
  while IFS= read -r -t 10 -u "$from_server" line || { code=$?; false; }; do
    [[ $line != =* ]] || { found=\${line#=}; return; }
    found=$line
  done
  ((code <= 128)) || found='no answer within 10 s' again=''
  close_session
  if is_busy "$found" && ((tries)); then
    sleep 0.2
    query "$1" $((tries - 1))
  elif [[ $again ]]; then
    query "$1" # in a new session: the server ends one that was idle for too long
  else
    return 1
  fi
}
`;
