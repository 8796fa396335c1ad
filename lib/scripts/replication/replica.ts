import { MYSQL_PORT } from '../../names';
import { Facts } from '../../options/version/facts';
import { bash, include } from '../base/bash';
import { lag, LagParameters } from '../reads/lag';
import { applier } from './applier';
import { fencing } from './fence';
import { receiver } from './receiver';

export interface ReplicaParameters {
  /** What the server's version knows. */
  readonly facts: Facts;
  /** How far behind a replica may be. */
  readonly lag: LagParameters;
}

/** The sidecar's work on a replica: defines `tend_replica`. */
export const replica = ({ facts: { statements }, lag: bound }: ReplicaParameters) => bash`
# ---- a replica: follows a primary that has shown to be the right one

read_threads() { # the receiver: io, io_errno, io_error; the applier: applier, applier_errno, applier_error
  # Without a temporary table, for which some servers write an error to their log. 1756 and 3030 only say that another worker failed.
  local found failed="WHERE CHANNEL_NAME = '' AND LAST_ERROR_NUMBER <> 0 ORDER BY LAST_ERROR_NUMBER IN (1756, 3030) LIMIT 1"
  local by=performance_schema.replication_applier_status_by
  query "IFNULL((SELECT CONCAT_WS('|', c.SERVICE_STATE, c.LAST_ERROR_NUMBER, a.SERVICE_STATE,
  COALESCE((SELECT LAST_ERROR_NUMBER FROM \${by}_worker $failed), (SELECT LAST_ERROR_NUMBER FROM \${by}_coordinator $failed), 0),
  REPLACE(REPLACE(c.LAST_ERROR_MESSAGE, '|', '/'), '\n', ' '),
  REPLACE(COALESCE((SELECT LAST_ERROR_MESSAGE FROM \${by}_worker $failed), (SELECT LAST_ERROR_MESSAGE FROM \${by}_coordinator $failed), ''), '\n', ' '))
FROM performance_schema.replication_connection_status c JOIN performance_schema.replication_applier_status a USING (CHANNEL_NAME)
WHERE CHANNEL_NAME = ''), '|0||0||')" || found='|0||0||'
  IFS='|' read -r io io_errno applier applier_errno io_error applier_error <<<"$found"
  io_error=\${io_error/This was attempt*between attempts. /} # this part changes with each attempt
  [[ ! $io_error =~ ' - retry-time: '[0-9]+' '+'retries: '[0-9]+ ]] || io_error=\${io_error/"\${BASH_REMATCH[0]}"/} # and this one before 8.0.28
}

${include(receiver(statements), fencing, applier(statements), lag(bound))}

judge_threads() {
  if applier_found_no_room; then
    start_applier_again 10 || return 1
    measure_room || return 1
    verdict full "the applier found no room on the volume, $free MiB\${inodes:+ and $inodes inodes} are free. Grow the claim data-$HOSTNAME"
  elif applier_may_succeed; then
    start_applier_again 120 || return 1
    verdict stopped "the applier stopped for a reason that may pass, and was started again (try $tries): $applier_error"
  elif ((applier_errno)); then
    verdict stopped "the applier stopped: $applier_error"
  elif [[ $applier = OFF ]]; then
    verdict stopped "a person stopped the applier; ${statements.start} SQL_THREAD starts it"
  elif [[ $io = ON ]]; then
    [[ -e $data/.connected ]] || remember .connected "to $primary" || return 1
    if lacks_room; then purge_own || return 1; fi
    judge_lag
  else
    verdict connecting "to $primary\${io_error:+: $io_error}"
  fi
}

detach() { # REASON: reads go on; nothing here changes, for another primary may return
  if [[ $io = ON ]] || ((applier_errno)) || is_refused "\${io_errno:-0}"; then
    judge_threads
    return
  fi
  stop_receiving
  if [[ ! -e $data/.connected ]]; then
    verdict connecting "has not replicated since its clone: $1"
${bound.maxLag === undefined ? '' : staleness(bound.maxLag)}  else
    verdict detached "reads go on without the primary: $1"
  fi
}

connect_to_primary() { # again every 10 s; until then, what the last try found holds
  local now
  look_at_clock
  if ((now >= next_start)); then
    next_start=$((now + 10))
    try_to_connect || return 1
  fi
  io_errno=$tried_errno io_error=$tried_error
  if [[ $io = ON ]] || ((applier_errno)); then
    judge_threads
  elif ((!io_errno || io_errno == 2026)) || is_refused "$io_errno"; then # 2026: another server answers, whose CA is not the primary's
    verdict connecting "to $primary\${io_error:+: $io_error}"
  else
    detach "it accepts no connection: $io_error"
  fi
}

is_ahead() { # TRANSACTIONS GTIDS: succeeds if this replica has transactions that the primary lacks; sets surplus to them
  local before=\${surplus:-} found
  surplus=$1
  [[ $surplus ]] || return 1
  [[ $io = ON && $surplus != *"$cluster:"* ]] || return 0
  # A client's commit shows here a moment before it shows on the primary, so only what lasts counts.
  only_in "$before" "$2" && [[ $found ]]
}

detach_unless_open() { # REASON: a primary that is open has newer rows
  if [[ $io = ON || $peer_mode != open ]]; then
    detach "$1"
  else
    stop_receiving
    verdict connecting "to $primary: $1"
  fi
}

greets() { reach "$1" ${MYSQL_PORT} && read -r -n 1 <&3; } # HOST
export -f greets
serves_clients() { timeout 2 bash --norc -c 'greets "$@"' serves_clients "$primary.$service" 2>/dev/null; } # whatever its sidecar does

miss_primary() { # its sidecar does not answer, which says nothing about what it said before
  if keep_fence; then
    :
  elif [[ $io != ON && -e $data/.compared ]] && serves_clients; then # without it, the primary may be of an earlier release
    unheard=$((unheard + 1))
    ((unheard >= 3)) || return 0 # the verdict stands: on a busy machine an answer may be late
    stop_receiving
    verdict connecting "$primary answers clients, but no questions on port $peer_port"
  else
    detach "$primary does not answer"
  fi
}

compare_histories() { # sets lacking and since for this history and the primary's; fails if nobody can tell, with 2 if the primary does not answer
  local compared found
  read_compared
  since=''
  if [[ $epoch = "$peer_epoch" && $compared = "$epoch "* ]]; then
    only_in "$held" "$peer_executed" && lacking=$found
    return
  fi
  ask_lacking "$primary_address" "$epoch" "$held" || return 2
  [[ ! $lacking && $held != "\${compared#* }" ]] || return 0
  # What came since may be of another history, and hide what parted from it.
  ask_lacking "$primary_address" "\${compared%% *}" "\${compared#* }" || return 2
}

follow() { # the primary is of this cluster, and has everything that is here
  local found compared
  read_compared
  lift_fence "$primary has everything that is here"
  [[ ! -e $data/.compared || $epoch != "$peer_epoch" || $compared = "$epoch "* ]] || remember .compared "$epoch $held" || return 1
  if [[ $peer_mode != open ]]; then
    ${bound.maxLag === undefined ? '' : noteClose}detach "it is not open"
  elif [[ -e $new_clone ]]; then
    clone_again "a person made $new_clone"
  elif [[ $io = ON ]]; then
    judge_threads
  else
    only_in "$peer_purged" "$executed,$received" || return 1
    [[ ! $found ]] || { clone_again "the primary has purged transactions that are missing here: $found"; return; }
    if [[ ! -e $data/.replicating ]]; then
      only_in "$(mark gtids)" "$executed" || return 1
      [[ ! $found ]] || { clone_again "the clone lacks transactions that its backup recorded: $found"; return; }
    fi
    connect_to_primary
  fi
}

knows_primary() { # succeeds if no question to the primary is due: another primary would mean another connection
  local now compared found
  look_at_clock
  read_compared
  [[ $io = ON && $compared = "$epoch "* && ! -e $data/.fenced && ! -e $new_clone ]] || return
  ((now < next_question)) && ! was_reset || return
  query "REPLACE(GTID_SUBTRACT(@@GLOBAL.gtid_executed, CONCAT_WS(',', '\${compared#* }', (SELECT NULLIF(RECEIVED_TRANSACTION_SET, '')
    FROM performance_schema.replication_connection_status WHERE CHANNEL_NAME = ''))), '\n', '')" && [[ ! $found ]]
}

ask_for_everything() { # its state; sets when to ask again at the latest
  local now
  ask_primary || return
  look_at_clock
  next_question=$((now + 300)) unheard=0
}

fence_or_follow() { # what cannot be compared is no reason to fence
  local lacking since code=0
  compare_histories || code=$?
  if ((code == 2)); then
    miss_primary
  elif ((code)); then
    return 1
  elif ! is_ahead "$lacking" "$peer_executed"; then
    follow
  elif are_flushes "$surplus"; then
    fence "holds FLUSH statements of its own, which changed no data: $surplus. For each of them, on $primary: SET GTID_NEXT = '...'; BEGIN; COMMIT; SET GTID_NEXT = AUTOMATIC. Whoever sent them should write FLUSH LOCAL"
  else
    fence "$(surplus_of "the primary" "$surplus" "$since"). If you do not need them, delete the claim and the pod of $HOSTNAME"
  fi
}

tend_replica() {
  local held=$executed\${executed:+\${received:+,}}$received
  read_threads
  if [[ $mode = open ]]; then
    verdict writable "its server accepts writes of its own: SET GLOBAL super_read_only = ON closes it"
  elif knows_primary; then
    judge_threads
  elif ! ask_for_everything; then
    miss_primary
  elif [[ $peer_holds = restoring ]]; then
    lift_fence "$primary has lost its data, and is being restored"
    apply_received
    detach "it is being restored from a replica"
  elif [[ $peer_mode = down ]]; then
    keep_fence || detach "its mysqld does not answer"
  elif [[ -z $peer_cluster ]]; then
    keep_fence || detach_unless_open "it has lost its cluster id"
  elif [[ $peer_cluster != "$cluster" ]]; then
    fence "this volume is of cluster $cluster, the primary of cluster $peer_cluster. If the primary is right, delete the claim and the pod of $HOSTNAME. If the volume of $primary is wrong or was lost, set initialize to fromReplica, then delete the claim and the pod of $primary"
  elif was_reset; then
    fence "its GTIDs were reset: nobody can tell any more what it has. Delete the claim and the pod of $HOSTNAME, for a new clone"
  else
    fence_or_follow
  fi
}
`;

const staleness = (maxLag: number) => bash`
  elif is_stale; then
    verdict lagging "last known to be close to $primary more than ${maxLag} s ago: $1"
`;

const noteClose = bash`
only_in "$peer_executed" "$executed" && [[ $found ]] || note_close # nobody can write anything newer
    `;
