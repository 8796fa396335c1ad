import { bash } from '../base/bash';

/** Keeps binary logs, which the server itself bounds by age only, from filling the volume; a part of the sidecar. */
export const binaryLogs = bash`
lacks_room() { # at most once after each measure: succeeds if less than a fifth of the volume is free
  [[ $measured ]] && measured='' && ((free * 5 < room))
}

warn_of_room() { # a tenth: what is left lasts for a while, and not for long
  local now
  ((free * 10 < room)) || { next_warning=0; return 0; }
  look_at_clock
  ((now >= next_warning)) || return 0
  next_warning=$((now + 600))
  say "WARNING: only $free of $room MiB are free on the volume$kept_logs. Grow the claim data-$HOSTNAME"
}

# Sets oldest to the oldest binary log, and next to the one after it. A server with one log only begins another when that one
# has become large: by default it would grow to 1 GiB.
find_oldest_logs() {
  local logs size
  logs=$(sql -e 'SHOW BINARY LOGS') || return
  { read -r oldest size _ && read -r next _; } <<<"$logs" && return
  next=''
  ((size >> 20 < room / 20)) || sql -e 'FLUSH BINARY LOGS'
}

purge_oldest_log() { # a backup holds a lock against it, so the next look tries again
  { sql -e "PURGE BINARY LOGS TO '$next'" 2>/dev/null && say "purged the binary log $oldest, because only $free of $room MiB were free on the volume"; } || true
}

executed_everywhere() { # GTIDS: succeeds if every replica has executed them; else kept_for says which has not, as far as one knows
  local all address found count=0
  all=$(peers) || return
  for address in $all; do
    if ! ask_state "$address" || [[ $peer_holds != complete || $peer_mode = down ]] || ! only_in "$1" "$peer_executed" || [[ $found ]]; then
      kept_for=$(name_of "$address")
      return 1
    fi
    count=$((count + 1))
  done
  kept_for='a replica that is not there'
  ((count + 1 >= $(</mnt/config-map/replicas)))
}

purge_what_replicas_have() { # on the open primary
  local oldest next before kept_for=''
  kept_logs=''
  find_oldest_logs || return
  [[ $next ]] || return 0
  before=$(sql -e "SHOW BINLOG EVENTS IN '$next' LIMIT 2" | awk -F '\t' '$3 == "Previous_gtids" { gsub(/\\n/, "", $6); print $6 }') || return
  if executed_everywhere "$before"; then
    purge_oldest_log
  else
    kept_logs=", and the binary logs from $oldest on are kept for $kept_for"
  fi
}

purge_own() { # on a replica, whose binary logs no instance reads
  local oldest next
  find_oldest_logs || return
  [[ ! $next ]] || purge_oldest_log
}
`;
