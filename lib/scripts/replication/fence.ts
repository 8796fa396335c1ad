import { bash } from '../base/bash';

/** The fence of a replica; a part of the sidecar. */
export const fencing = bash`
# ---- a fence outlives restarts: it is lifted when the data is replaced, or when the primary shows that it has everything

fence() { # REASON: takes nothing more from the primary, and keeps everything that is here
  [[ $(cat "$data/.fenced" 2>/dev/null) = "$1" ]] || remember .fenced "$1" || return
  keep_fence
}

keep_fence() { # fails if there is none
  [[ -e $data/.fenced ]] || return
  stop_receiving
  verdict fenced "$(<"$data/.fenced")"
  end_sessions || say "the sessions of clients go on"
}

end_sessions() { # readiness keeps new connections away, but those that are open would go on reading another history
  local found
  query '@@GLOBAL.offline_mode' || return
  ((found)) || sql -e 'SET GLOBAL offline_mode = ON'
}

lift_fence() { # REASON
  [[ -e $data/.fenced ]] || return 0
  sql -e 'SET GLOBAL offline_mode = OFF' && rm "$data/.fenced" && say "the fence is lifted: $1"
}

are_flushes() { # TRANSACTIONS: succeeds if the binary logs here have all of them, as FLUSH statements, which super_read_only lets pass
  local log logs flushes found
  [[ $1 != "\${judged_surplus-}" ]] || return "$surplus_code"
  logs=$(sql -e 'SHOW BINARY LOGS' | cut -f 1 | tail -n 5) || return
  flushes=$(
    for log in $logs; do sql -e "SHOW BINLOG EVENTS IN '$log'"; done |
      awk -F '\t' '$3 ~ /^Gtid/ { split($6, part, "\047"); gtid = part[2] } $3 == "Query" && $6 ~ /^(use .*; )?(\/\*.*\*\/ *)?FLUSH / { print gtid }' |
      paste -sd ',' -
  ) || return
  judged_surplus=$1 surplus_code=1
  only_in "$1" "$flushes" && [[ ! $found ]] && surplus_code=0
  return "$surplus_code"
}
`;
