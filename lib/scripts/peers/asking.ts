import { PEER_PORT } from '../../names';
import { bash } from '../base/bash';

/**
 * Finds peers and asks them. A conversation: the listener sends a nonce; the asker sends `PROOF NONCE ROLE REQUEST`; the
 * listener sends `PROOF ANSWER`. The role is `peer`; a `recipient`, which is no instance, may ask for a clone only. Each
 * proof covers both nonces, and the address and port that were asked, so one that was recorded or relayed proves nothing.
 */
export const asking = bash`
export peer_port=${PEER_PORT}
export proving=backup # the password of proofs

resolve() { getent ahosts "$1" | awk '{ print $1 }' | sort -u; } # HOST

long_name() { # POD: prints its name with the domain, which the kubelet writes into /etc/hosts
  local own
  own=$(getent hosts "$POD_IP" | awk '{ print $2 }') && [[ $own = "$HOSTNAME.$service".* ]] && printf '%s\n' "$1\${own#"$HOSTNAME"}"
}

peers() { # prints the addresses of all other pods; fails unless DNS knows this pod: its errors never mean "no peers"
  local all
  resolve "$HOSTNAME.$service" | grep -xF "$POD_IP" >/dev/null || return 1
  all=$(resolve "$service") && grep -xF "$POD_IP" <<<"$all" >/dev/null || return 1
  grep -vxF "$POD_IP" <<<"$all" || true
}

# ---- one conversation: descriptor 3 comes from the peer, 4 leads to it

proof() { # TEXT...: proves knowledge of the password, in this conversation, without sending it
  local secret inner
  secret=$(password "$proving") || return
  inner=$(printf '%s\n' "$secret" "$conversation" "$@" | sha256sum)
  printf '%s\n' "$secret" "$inner" | sha256sum | cut -d ' ' -f 1
}

connect() { # ADDRESS: between two connections, a listener may refuse one for a moment
  for _ in {1..10}; do
    { exec 3<>"/dev/tcp/$1/$peer_port"; } 2>/dev/null && exec 4>&3 && return
    sleep 0.1
  done
  return 1
}

introduce() { # ADDRESS:PORT REQUEST: sends the request with its proof on the open connection
  local theirs mine
  read -r -t "\${patience:-5}" -n 100 theirs <&3 && mine=$(</proc/sys/kernel/random/uuid) || return 1
  conversation="$theirs $mine $1"
  (printf '%s %s peer %s\n' "$(proof request "peer $2")" "$mine" "$2" >&4) 2>/dev/null # in a subshell, which SIGPIPE may end
}

request() { connect "$1" && introduce "$1:$peer_port" "$2"; } # ADDRESS REQUEST
hang_up() { exec 3<&- 4>&-; }

hear() { # REQUEST: prints the answer once it is proved; else fails with 3 for one that is not, and with 4 for a denial
  local given answer
  read -r -t "\${patience:-30}" -n 1000000 given answer <&3 || return 1
  [[ $given != denied ]] || return 4
  [[ $answer && $given = "$(proof answer "peer $1" "$answer")" ]] || return 3
  printf '%s\n' "$answer"
}

converse() { # ADDRESS REQUEST: prints the answer; tries again after a reset, as of a listener that has too much to do
  local code wait
  trap '' PIPE # a write to such a connection only fails
  for wait in 0.1 0.2 0.4 0.8 1.6 0; do
    code=0
    request "$@" && hear "$2" || code=$?
    ((code == 1)) || return "$code"
    sleep "$wait"
  done
  return 1
}
export -f password proof connect introduce request hear converse

# ---- questions

declare -A nonsense=()
call_nonsense() { # ADDRESS: says so once; what answers there counts as silent
  [[ ! \${nonsense[$1]-} ]] || return 0
  nonsense[$1]=said
  say "$1 answers nonsense on port $peer_port: not a peer, or one of another release"
}

ask() { # ADDRESS REQUEST: sets answer; fails if none comes within 5 s that is proved. A peer may not have a new password yet
  local code
  for proving in backup backup-before; do
    code=0
    answer=$(timeout 5 bash --norc -c 'converse "$@"' ask "$1" "$2" 2>/dev/null) || code=$?
    [[ $code = 4 && -e /mnt/credentials/backup-before-password ]] || break
  done
  ((code != 3)) || call_nonsense "$1"
  return "$code"
}

reach() { exec 3<>"/dev/tcp/$1/$2"; } # HOST PORT
export -f reach
listens() { timeout 2 bash --norc -c 'reach "$@"' listens "$1" "$2" 2>/dev/null; } # HOST PORT

name_of() { # ADDRESS: prints the name of the pod there as DNS knows it, or else the address
  local name
  name=$(getent hosts "$1" | awk '{ print $2 }') || true
  name=\${name%%.*}
  if is_peer_name "$name"; then echo "$name"; else echo "$1"; fi
}

is_peer_name() { [[ $1 =~ ^$service-[0-9]+$ ]]; }
is_cluster_id() { [[ $1 =~ ^[0-9A-Za-z-]{0,36}$ ]]; } # or empty, where there is no data
is_epoch() { [[ $1 =~ ^(0|[1-9][0-9]{0,17}):[0-9a-f-]{0,36}$ ]]; } # number and epoch of an opening
is_gtid_set() { [[ $1 =~ ^([0-9A-Za-z_-]+(:[0-9A-Za-z_-]+)+(,|$))*$ ]]; }
is_base64() { ((\${#1} <= 100000)) && [[ $1 =~ ^[0-9A-Za-z+/]+=*$ ]]; }

# shellcheck disable=SC2034 # no script reads all fields
read_state() { # ANSWER: sets the fields below; fails unless each has its form, before any reaches arithmetic, SQL or a log
  IFS='|' read -r _ peer_name peer_holds peer_cluster peer_mode peer_executed peer_received peer_purged peer_epoch <<<"$1"
  [[ $1 = state\|* && $peer_holds =~ ^(empty|restoring|complete)$ && $peer_mode =~ ^(down|closed|open)$ ]] &&
    is_peer_name "$peer_name" && is_cluster_id "$peer_cluster" &&
    is_gtid_set "$peer_executed" && is_gtid_set "$peer_received" && is_gtid_set "$peer_purged" && is_epoch "$peer_epoch"
}

ask_state() { # ADDRESS: fails if it does not answer
  local answer
  ask "$1" state || return
  read_state "$answer" || { call_nonsense "$1"; return 1; }
}

# shellcheck disable=SC2034 # init-mysql asks for no certificate
ask_certificate() { # ADDRESS FILE: writes the CA of that peer's server into FILE; sets peer_name, and named if the certificate names it; fails if it does not answer
  local answer encoded
  ask "$1" certificate || return
  [[ $answer != refused\|* ]] || return 1
  IFS='|' read -r _ peer_name encoded named <<<"$answer"
  if [[ $answer != certificate\|* ]] || ! is_peer_name "$peer_name" || ! is_base64 "$encoded"; then
    call_nonsense "$1"
    return 1
  fi
  base64 --decode <<<"$encoded" >"$2.new" && mv "$2.new" "$2"
}

ask_lacking() { # ADDRESS EPOCH GTIDS: sets lacking and since: which of these are not of that peer's history; fails if it does not answer
  local answer
  lacking='' since=''
  [[ $3 ]] || return 0
  ask "$1" "lacks $2 $3" || return
  IFS='|' read -r _ peer_name lacking since <<<"$answer"
  if [[ $answer != lacks\|* || ! $since =~ ^(unknown|[0-9TZ:-]*)$ ]] || ! is_peer_name "$peer_name" || ! is_gtid_set "$lacking"; then
    call_nonsense "$1"
    return 1
  fi
}

ask_primary() { # for its state; sets primary_address
  primary_address=$(resolve "$primary.$service") || return
  primary_address=\${primary_address%%$'\n'*}
  ask_state "$primary_address" && [[ $peer_name = "$primary" ]]
}
`;
