import { Statements } from '../../options/version/facts';
import { bash } from '../base/bash';

/** The applier of a replica: why it has stopped or stands still, and what starts it again; a part of the sidecar. */
export const applier = (statements: Statements) => bash`
applier_found_no_room() { ((applier_errno == 1114 || applier_errno == 1021)) || [[ $applier_error = *'No space left on device'* ]]; }
# locks, deadlocks, interruptions, memory: MySQL itself tries the first two again, ten times
applier_may_succeed() { case $applier_errno in 1037 | 1038 | 1041 | 1205 | 1213 | 1317 | 3058 | 3572) ;; *) return 1 ;; esac; }

start_applier_again() { # LIMIT: after pauses that grow from 5 s up to that; sets tries
  local now
  look_at_clock
  ((now >= next_apply)) || return 0
  ((now < next_apply + 300)) || tries=0 # it has run for a while
  wait_to_apply=$((tries ? wait_to_apply * 2 : 5)) tries=$((tries + 1))
  ((wait_to_apply <= $1)) || wait_to_apply=$1
  next_apply=$((now + wait_to_apply))
  sql -e '${statements.start} SQL_THREAD'
}

look_for_standstill() { # sets standing to how long nothing was applied though transactions wait, and standstill to what to say of it after a minute
  local now found
  look_at_clock
  standstill='' standing=0
  [[ $executed = "\${applied-}" ]] || applied=$executed applied_at=$now
  ((now >= applied_at + 60)) || return 0
  only_in "$received" "$executed" || return
  if [[ ! $found ]]; then
    applied_at=$now
    return
  fi
  query "IFNULL((SELECT PROCESSLIST_STATE FROM performance_schema.threads WHERE NAME REGEXP '^thread/sql/(replica|slave)_(worker|sql)$'
    AND PROCESSLIST_STATE REGEXP '^Waiting (for .* lock|until)' LIMIT 1), 'a long transaction')" || return
  standing=$((now - applied_at))
  standstill=", applied nothing for $((standing / 60)) min though transactions wait: $found"
}

apply_received() { # what waits in the relay logs may exist nowhere else
  local found
  [[ $applier = OFF ]] && ((!applier_errno)) || return 0
  only_in "$received" "$executed" && [[ $found ]] || return 0
  sql -e '${statements.start} SQL_THREAD'
}
`;
