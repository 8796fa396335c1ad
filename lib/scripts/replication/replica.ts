import { Words } from '../../options/version/facts';
import { bash } from '../base/bash';

/** How the sidecar tends a replica: defines `tend_replica`; `lag` defines `judge_lag` where there is a bound. */
export const replica = (words: Words, lag?: string) => bash`
# ---- a replica: replicates from a primary that has shown to be the right one

read_threads() {
  IFS='|' read -r io io_errno applier applier_errno io_error applier_error < <(
    sql <<'SQL'
SELECT CONCAT_WS('|', c.SERVICE_STATE, c.LAST_ERROR_NUMBER, a.SERVICE_STATE, e.LAST_ERROR_NUMBER,
  REPLACE(REPLACE(c.LAST_ERROR_MESSAGE, '|', '/'), '\n', ' '), REPLACE(e.LAST_ERROR_MESSAGE, '\n', ' '))
FROM performance_schema.replication_connection_status c JOIN performance_schema.replication_applier_status a USING (CHANNEL_NAME)
JOIN (SELECT CHANNEL_NAME, LAST_ERROR_NUMBER, LAST_ERROR_MESSAGE FROM performance_schema.replication_applier_status_by_worker
  UNION ALL SELECT CHANNEL_NAME, LAST_ERROR_NUMBER, LAST_ERROR_MESSAGE FROM performance_schema.replication_applier_status_by_coordinator) e USING (CHANNEL_NAME)
WHERE CHANNEL_NAME = '' ORDER BY e.LAST_ERROR_NUMBER = 0, e.LAST_ERROR_MESSAGE LIKE '%coordinator%' LIMIT 1;
SQL
  ) || io='' io_errno=0 applier='' applier_errno=0 io_error='' applier_error=''
  io_error=\${io_error/This was attempt*between attempts. /} # which would be another message at each attempt
}

is_network_error() { case $1 in 0 | 1053 | 2002 | 2003 | 2005 | 2006 | 2013) ;; *) return 1 ;; esac; }
stop_receiving() { [[ $io != ON && $io != CONNECTING ]] || sql -e '${words.stop} IO_THREAD'; }

fence() { # REASON: takes nothing more from the primary, keeps everything that is here
  stop_receiving
  verdict unready "fenced: $1"
}

applier_found_no_room() { ((applier_errno == 1114 || applier_errno == 1021)); }

try_applier_again() { # every 10 s: there may be room by now
  if ((SECONDS >= next_start)); then
    next_start=$((SECONDS + 10))
    sql -e '${words.start} SQL_THREAD' || return 1
  fi
  verdict unready "the applier found the volume full, $(free_mib) MiB are free. Grow the claim data-$HOSTNAME"
}

${lag ? `${lag}\n` : ''}judge_threads() {
  if applier_found_no_room; then
    try_applier_again
  elif ((applier_errno)); then
    verdict unready "the applier has stopped: $applier_error"
  elif [[ $applier = OFF ]]; then
    verdict unready "the applier is stopped; ${words.start} SQL_THREAD starts it"
  elif [[ $io = ON ]]; then
    [[ -e $data/.connected ]] || remember .connected "to $primary" || return 1
    ${lag ? 'judge_lag' : 'verdict ready "replicating from $primary"'}
  else
    verdict unready "not connected to $primary: \${io_error:-connecting}"
  fi
}

without_primary() { # REASON: reads go on, and nothing is changed, for the primary that returns may be another one
  if [[ $io = ON ]] || ((applier_errno)) || ! is_network_error "\${io_errno:-0}"; then
    judge_threads
  elif [[ -e $data/.connected ]]; then
    ((!io_errno)) || [[ $io != CONNECTING ]] || stop_receiving # it would reconnect before this script has looked
    verdict ready "reads go on without the primary: $1"
  else
    verdict unready "has not replicated since its clone: $1"
  fi
}

configure_source() { # a change throws away what was received and not applied: only when it is needed
  local wanted="$primary.$service|3306|1|YES|5|0" configured
  forget_donor || return 1
  configured=$(sql -e "SELECT CONCAT_WS('|', HOST, PORT, AUTO_POSITION, SSL_ALLOWED, CONNECTION_RETRY_INTERVAL, CONNECTION_RETRY_COUNT)
    FROM performance_schema.replication_connection_configuration WHERE CHANNEL_NAME = ''") || return 1
  [[ $configured != "$wanted" ]] || return 0
  sql -e "${words.stop}; ${words.change} ${words.source}_HOST = '$primary.$service', ${words.source}_PORT = 3306, ${words.source}_AUTO_POSITION = 1,
    ${words.source}_SSL = 1, ${words.source}_CONNECT_RETRY = 5, ${words.source}_RETRY_COUNT = 0" || return 1
  say "configured: replicates from $primary.$service by GTID"
}

start_replication() { # again every 10 s, with the password of that moment
  local threads=IO_THREAD secret
  ((SECONDS >= next_start)) || return 0
  next_start=$((SECONDS + 10))
  configure_source || return 1
  [[ -e $data/.replicating ]] || remember .replicating "from $primary" || return 1
  stop_receiving || return 1
  ((io_errno || applier_errno)) || threads='' # both after a start of the server; else the applier is left as it is
  secret=$(password replication) && secret=$(sql_string "$secret") || return 1
  sql <<<"${words.start} $threads USER = 'replication' PASSWORD = $secret" || return 1
  say "starts to replicate from $primary, $([[ $executed ]] && echo "after $executed" || echo from the beginning)"
}

is_ahead() { # holds if there are transactions here that the primary does not have; sets surplus to them
  local before=\${surplus:-} lasting
  surplus=$(only_in "$executed,$received" "$1") || surplus=unknown
  [[ $surplus ]] || return 1
  [[ $io = ON ]] || return 0
  # A commit of the primary shows here a moment before it does there, so only what stays counts.
  lasting=$(only_in "$before" "$1") && [[ $lasting ]]
}

apply_received() { # what waits in the relay logs may be nowhere else
  [[ $applier != OFF ]] || ((applier_errno)) || [[ -z $(only_in "$received" "$executed") ]] || sql -e '${words.start} SQL_THREAD'
}

tend_replica() {
  local answer their_data theirs their_mode their_executed purged missing
  read_threads
  answer=$(ask "$primary.$service") || { without_primary "$primary does not answer"; return; }
  IFS='|' read -r _ _ their_data theirs their_mode their_executed _ purged <<<"$answer"
  if [[ $their_data = restoring ]]; then
    apply_received
    without_primary "it is being restored from a replica"
  elif [[ $their_mode = down ]]; then
    without_primary "its mysqld does not answer"
  elif [[ -z $theirs ]]; then
    without_primary "it has lost its cluster id"
  elif [[ $theirs != "$cluster" ]]; then
    fence "this volume is of cluster $cluster, the primary of cluster $theirs. If that is the right one, delete the claim and the pod of $HOSTNAME. If it is the volume of $primary that is wrong or was lost: set initialize to fromReplica, then delete the claim and the pod of $primary"
  elif is_ahead "$their_executed"; then
    fence "holds transactions that the primary lacks: $surplus. If they are not needed, delete the claim and the pod of $HOSTNAME"
  elif [[ $their_mode != open ]]; then
    without_primary "it is not open for writes"
  elif [[ -e $run/clone-again ]]; then
    clone_again "somebody has made $run/clone-again"
  elif [[ $io = ON ]]; then
    judge_threads
  else
    missing=$(only_in "$purged" "$executed,$received") || return 1
    [[ -z $missing ]] || { clone_again "the primary has purged transactions that are missing here: $missing"; return; }
    if [[ ! -e $data/.replicating ]]; then
      missing=$(only_in "$(mark gtids)" "$executed") || return 1
      [[ -z $missing ]] || { clone_again "the clone lacks transactions that its backup recorded: $missing"; return; }
    fi
    start_replication || return 1
    read_threads
    without_primary "connects to it"
  fi
}
`;
