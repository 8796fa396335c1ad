import { PEER_PORT } from '../ports';
import { bash } from './bash';

/** How an instance finds its peers and asks them; `service` is the headless Service. */
export const peers = (service: string) => bash`
export service=${service} peer_port=${PEER_PORT}

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

request() { # HOST REQUEST: sends it with its proof; the answer is then on descriptor 3
  local nonce answer
  exec 3<>"/dev/tcp/$1/$peer_port" || return 1
  read -r -t 5 nonce <&3 && answer=$(proof "$nonce" "$2") && printf '%s %s\n' "$answer" "$2" >&3
}

hear() { request "$@" && read -r <&3 && [[ $REPLY = "\${2%% *}|"* ]] && printf '%s\n' "$REPLY"; }
export -f password proof request hear

ask() { # HOST [REQUEST]: the answer, by default "state|name|data|cluster|mode|executed|received|purged"; fails if none comes in 5 s
  timeout 5 bash --norc -c 'hear "$@"' hear "$1" "\${2:-state}" 2>/dev/null
}
`;

/** How an instance answers its peers. The script that includes it defines `state`, `lacks` and `serve_clone`. */
export const answerPeers = bash`
serve_peer() { # one connection: nothing starts before the peer has proved itself
  local nonce answer request expected
  nonce=$(</proc/sys/kernel/random/uuid)
  printf '%s\n' "$nonce"
  read -r -t 5 -n 100000 answer request || return 0
  expected=$(proof "$nonce" "$request") || return 0 # without the Secret nobody can prove anything
  if [[ $answer != "$expected" ]]; then
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

listen() { # a connection that stands still for 5 minutes is dropped
  # shellcheck disable=SC2046 # names of functions are single words
  export -f $(compgen -A function)
  if command -v socat >/dev/null; then
    exec socat -T 300 "TCP-LISTEN:$peer_port,fork,reuseaddr,max-children=32" EXEC:'bash --norc -c serve_peer'
  else
    exec ncat --listen --keep-open --max-conns 32 --idle-timeout 300 --exec '/bin/bash --norc -c serve_peer' "$peer_port"
  fi
}
`;
