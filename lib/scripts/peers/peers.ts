import { PEER_PORT } from '../../ports';
import { bash } from '../base/bash';

/** How an instance finds its peers and asks them; `service` is the headless Service. */
export const peers = (service: string) => bash`
export service=${service} peer_port=${PEER_PORT}
ordinal=\${HOSTNAME##*-}

resolve() { getent ahosts "$1" | awk '{ print $1 }' | sort -u; }

peers() { # the addresses of all other pods; fails unless DNS knows this pod too: an error of DNS never means "no peers"
  local all
  resolve "$HOSTNAME.$service" | grep -xF "$POD_IP" >/dev/null || return 1
  all=$(resolve "$service") && grep -xF "$POD_IP" <<<"$all" >/dev/null || return 1
  grep -vxF "$POD_IP" <<<"$all" || true
}

proof() { # NONCE REQUEST: shows that one knows the password without sending it
  local secret inner
  secret=$(password backup) || return
  inner=$(printf '%s\n' "$secret" "$@" | sha256sum)
  printf '%s\n' "$secret" "$inner" | sha256sum | cut -d ' ' -f 1
}

connect() { # HOST: on descriptor 3; a listener that takes one connection after the other refuses those between
  for _ in {1..10}; do
    { exec 3<>"/dev/tcp/$1/$peer_port"; } 2>/dev/null && return
    sleep 0.1
  done
  return 1
}

request() { # HOST REQUEST: sends it with its proof; the answer is then on descriptor 3
  local nonce answer
  connect "$1" || return 1
  read -r -t 5 nonce <&3 && answer=$(proof "$nonce" "$2") && printf '%s %s\n' "$answer" "$2" >&3
}

hear() { request "$@" && read -r <&3 && [[ $REPLY = "\${2%% *}|"* ]] && printf '%s\n' "$REPLY"; }
export -f password proof connect request hear

ask() { # HOST [REQUEST]: the answer, by default "state|name|data|cluster|mode|executed|received|purged"; fails if none comes in 5 s
  timeout 5 bash --norc -c 'hear "$@"' hear "$1" "\${2:-state}" 2>/dev/null
}
`;

/** How an instance answers its peers. The script that includes it defines `listen`, `state`, `lacks` and `serve_clone`. */
export const answerPeers = bash`
serve_peer() { # one connection, on standard input and output
  local nonce answer request
  nonce=$(</proc/sys/kernel/random/uuid)
  printf '%s\n' "$nonce"
  read -r -t 5 -n 100000 answer request || return 0
  answer_peer "$nonce" "$answer" "$request"
}

answer_peer() { # NONCE PROOF REQUEST: nothing starts before the peer has proved itself
  local request=$3 expected
  expected=$(proof "$1" "$request" 2>/dev/null) || return 0 # without the Secret nobody can prove anything
  if [[ $2 != "$expected" ]]; then
    printf 'denied\n'
    [[ ! $(find /tmp/denied -newermt '-30 seconds' 2>/dev/null) ]] || return 0 # it has been said
    touch /tmp/denied
    say "denied: \${SOCAT_PEERADDR:-\${NCAT_REMOTE_ADDR:-somebody}} does not know the backup password of this cluster"
    return
  fi
  case $request in
    state) state ;;
    clone) serve_clone ;;
    lacks\ *) lacks "\${request#lacks }" ;;
  esac
}

keep_listening() { # starts the listener unless it runs
  kill -0 "\${listener:-}" 2>/dev/null && return
  listen &
  listener=$!
}
`;
