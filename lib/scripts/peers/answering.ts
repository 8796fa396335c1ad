import { bash } from '../base/bash';

/**
 * Answers peers. The script that includes it defines `listen`, `state`, `certificate`, `lacks`, `serve_clone` and
 * `send_stream`.
 */
export const answering = bash`
answer_peer() { # NONCE PROOF NONCE ROLE-AND-REQUEST: does nothing before the asker has proved itself; keeps nothing of what it says
  local request=$4
  conversation="$1 $3 $POD_IP:$peer_port"
  [[ -e /mnt/credentials/backup-password ]] || return 0 # without the Secret nobody can prove anything
  if ! is_proved "$2"; then
    printf 'denied\n'
    (($(uptime) >= $(cat /tmp/denied 2>/dev/null || echo 0) + 30)) || return 0 # the log has it
    uptime >/tmp/denied
    say "denied: \${SOCAT_PEERADDR:-somebody} does not know the backup password of this cluster"
    return
  fi
  [[ ! \${unproved_file-} ]] || rm -f "$unproved_file"
  case $request in
    'peer state' | 'recipient state') state ;;
    'peer certificate' | 'recipient certificate') certificate ;;
    'peer clone' | 'recipient clone') serve_clone ;;
    'peer stream' | 'recipient stream') send_stream ;;
    'peer lacks '*) answer_lacks "\${request#peer }" ;;
  esac
}

is_proved() { # PROOF: sets proving to the password that it is made with, which may be the one before
  local expected
  for proving in backup backup-before; do
    expected=$(proof request "$request" 2>/dev/null) && [[ $1 = "$expected" ]] && return
  done
  return 1
}

answer_lacks() { # REQUEST: which of a peer's transactions are missing here
  local epoch gtids
  read -r _ epoch gtids <<<"$1"
  if is_epoch "$epoch" && is_gtid_set "$gtids"; then lacks "$epoch" "$gtids"; fi
}

answer() { # TEXT
  local proved
  proved=$(proof answer "$request" "$1") && printf '%s %s\n' "$proved" "$1"
}

keep_listening() { # starts the listener unless it runs
  kill -0 "\${listener:-}" 2>/dev/null && return
  listen &
  listener=$!
}
`;
