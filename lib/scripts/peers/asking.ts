import { PEER_PORT } from '../../names';
import { bash } from '../base/bash';

/** Finds peers and asks them. */
export const asking = bash`
export peer_port=${PEER_PORT}

resolve() { getent ahosts "$1" | awk '{ print $1 }' | sort -u; } # HOST

peers() { # prints the addresses of all other pods; fails unless DNS knows this pod: its errors never mean "no peers"
  local all
  resolve "$HOSTNAME.$service" | grep -xF "$POD_IP" >/dev/null || return 1
  all=$(resolve "$service") && grep -xF "$POD_IP" <<<"$all" >/dev/null || return 1
  grep -vxF "$POD_IP" <<<"$all" || true
}

proof() { # NONCE REQUEST: proves knowledge of the password without sending it
  local secret inner
  secret=$(password backup) || return
  inner=$(printf '%s\n' "$secret" "$@" | sha256sum)
  printf '%s\n' "$secret" "$inner" | sha256sum | cut -d ' ' -f 1
}

connect() { # HOST: opens descriptor 3; a listener that serves one connection at a time refuses all others meanwhile
  for _ in {1..10}; do
    { exec 3<>"/dev/tcp/$1/$peer_port"; } 2>/dev/null && return
    sleep 0.1
  done
  return 1
}

request() { # HOST REQUEST: sends it with its proof; the answer follows on descriptor 3
  local nonce answer
  connect "$1" || return 1
  read -r -t 5 nonce <&3 && answer=$(proof "$nonce" "$2") && printf '%s %s\n' "$answer" "$2" >&3
}

hear() { request "$@" && read -r <&3 && [[ $REPLY = "\${2%% *}|"* ]] && printf '%s\n' "$REPLY"; }
export -f password proof connect request hear

ask() { # HOST REQUEST: prints the answer; fails if none comes within 5 s
  timeout 5 bash --norc -c 'hear "$@"' hear "$1" "$2" 2>/dev/null
}

# shellcheck disable=SC2034 # no script reads all fields
ask_state() { # HOST: sets peer_name, _holds (empty|restoring|complete), _cluster, _mode (down|closed|open), _executed, _received and _purged
  local answer
  answer=$(ask "$1" state) || return
  IFS='|' read -r _ peer_name peer_holds peer_cluster peer_mode peer_executed peer_received peer_purged <<<"$answer"
}
`;
