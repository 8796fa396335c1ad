import { Statements } from '../../options/version/facts';
import { MYSQL_PORT } from '../../names';
import { bash } from '../base/bash';
import { lag, LagParameters } from '../reads/lag';

export interface ReplicaParameters {
  /** The statements of the server's version. */
  readonly statements: Statements;
  /** How far behind a replica may be; undefined where there is no bound. */
  readonly lag?: LagParameters;
}

/** The sidecar's work on a replica: defines `tend_replica`. */
export const replica = ({ statements, lag: bound }: ReplicaParameters) => bash`
# ---- a replica: follows a primary that has shown to be the right one

read_threads() { # the receiver: io, io_errno, io_error; the applier: applier, applier_errno, applier_error
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
  io_error=\${io_error/This was attempt*between attempts. /} # this part changes with each attempt
}

is_network_error() { case $1 in 0 | 1053 | 2002 | 2003 | 2005 | 2006 | 2013) ;; *) return 1 ;; esac; }
stop_receiving() { [[ $io != ON && $io != CONNECTING ]] || sql -e '${statements.stop} IO_THREAD'; }

fence() { # REASON: takes nothing more from the primary, and keeps everything that is here
  stop_receiving
  verdict fenced "$1"
}

applier_found_no_room() { ((applier_errno == 1114 || applier_errno == 1021)); }

try_applier_again() { # every 10 s: there may be room by now
  if (($(uptime) >= next_start)); then
    next_start=$(($(uptime) + 10))
    sql -e '${statements.start} SQL_THREAD' || return 1
  fi
  verdict full "the applier found no room on the volume, $(free_mib) MiB are free. Grow the claim data-$HOSTNAME"
}

${bound ? `${lag(bound)}\n` : ''}judge_threads() {
  if applier_found_no_room; then
    try_applier_again
  elif ((applier_errno)); then
    verdict stopped "the applier stopped: $applier_error"
  elif [[ $applier = OFF ]]; then
    verdict stopped "a person stopped the applier; ${statements.start} SQL_THREAD starts it"
  elif [[ $io = ON ]]; then
    [[ -e $data/.connected ]] || remember .connected "to $primary" || return 1
    ${bound ? 'judge_lag' : 'verdict replicating "from $primary"'}
  else
    verdict connecting "to $primary\${io_error:+: $io_error}"
  fi
}

detach() { # REASON: reads go on; nothing here changes, for another primary may return
  if [[ $io = ON ]] || ((applier_errno)) || ! is_network_error "\${io_errno:-0}"; then
    judge_threads
  elif [[ -e $data/.connected ]]; then
    ((!io_errno)) || [[ $io != CONNECTING ]] || stop_receiving # it would reconnect before this script has compared
    verdict detached "reads go on without the primary: $1"
  else
    verdict connecting "has not replicated since its clone: $1"
  fi
}

configure_source() { # only when needed: a change discards what was received and not applied
  local wanted="$primary.$service|${MYSQL_PORT}|1|YES|5|0" configured
  forget_donor || return 1
  configured=$(sql -e "SELECT CONCAT_WS('|', HOST, PORT, AUTO_POSITION, SSL_ALLOWED, CONNECTION_RETRY_INTERVAL, CONNECTION_RETRY_COUNT)
    FROM performance_schema.replication_connection_configuration WHERE CHANNEL_NAME = ''") || return 1
  [[ $configured != "$wanted" ]] || return 0
  sql -e "${statements.stop}; ${statements.change} ${statements.source}_HOST = '$primary.$service', ${statements.source}_PORT = ${MYSQL_PORT}, ${statements.source}_AUTO_POSITION = 1,
    ${statements.source}_SSL = 1, ${statements.source}_CONNECT_RETRY = 5, ${statements.source}_RETRY_COUNT = 0" || return 1
  say "configured: replicates from $primary.$service by GTID"
}

start_replication() { # again every 10 s, with the password of that moment
  local threads=IO_THREAD secret
  (($(uptime) >= next_start)) || return 0
  next_start=$(($(uptime) + 10))
  configure_source || return 1
  [[ -e $data/.replicating ]] || remember .replicating "from $primary" || return 1
  stop_receiving || return 1
  ((io_errno || applier_errno)) || threads='' # both threads after a start of the server; otherwise the applier stays as it is
  secret=$(password replication) && secret=$(sql_string "$secret") || return 1
  sql <<<"${statements.start} $threads USER = 'replication' PASSWORD = $secret" || return 1
  say "starts to replicate from $primary, $([[ $executed ]] && echo "after $executed" || echo from the beginning)"
}

is_ahead() { # TRANSACTIONS GTIDS: succeeds if this replica has transactions that the primary lacks; sets surplus to them
  local before=\${surplus:-} lasting
  surplus=$1
  [[ $surplus ]] || return 1
  [[ $io = ON ]] || return 0
  # A commit of the primary shows here a moment before it shows there, so only what lasts counts.
  lasting=$(only_in "$before" "$2") && [[ $lasting ]]
}

apply_received() { # what waits in the relay logs may exist nowhere else
  [[ $applier != OFF ]] || ((applier_errno)) || [[ -z $(only_in "$received" "$executed") ]] || sql -e '${statements.start} SQL_THREAD'
}

tend_replica() {
  local missing lacking
  read_threads
  ask_primary || { detach "$primary does not answer"; return; }
  if [[ $peer_holds = restoring ]]; then
    apply_received
    detach "it is being restored from a replica"
  elif [[ $peer_mode = down ]]; then
    detach "its mysqld does not answer"
  elif [[ -z $peer_cluster ]]; then
    detach "it has lost its cluster id"
  elif [[ $peer_cluster != "$cluster" ]]; then
    fence "this volume is of cluster $cluster, the primary of cluster $peer_cluster. If the primary is right, delete the claim and the pod of $HOSTNAME. If the volume of $primary is wrong or was lost, set initialize to fromReplica, then delete the claim and the pod of $primary"
  elif ! lacking=$(only_in "$executed,$received" "$peer_executed"); then
    return 1 # what cannot be compared is no reason to fence
  elif is_ahead "$lacking" "$peer_executed"; then
    fence "holds transactions that the primary lacks: $surplus. If you do not need them, delete the claim and the pod of $HOSTNAME"
  elif [[ $peer_mode != open ]]; then
    detach "it is not open"
  elif [[ -e $new_clone ]]; then
    clone_again "a person made $new_clone"
  elif [[ $io = ON ]]; then
    judge_threads
  else
    missing=$(only_in "$peer_purged" "$executed,$received") || return 1
    [[ -z $missing ]] || { clone_again "the primary has purged transactions that are missing here: $missing"; return; }
    if [[ ! -e $data/.replicating ]]; then
      missing=$(only_in "$(mark gtids)" "$executed") || return 1
      [[ -z $missing ]] || { clone_again "the clone lacks transactions that its backup recorded: $missing"; return; }
    fi
    start_replication || return 1
    read_threads
    detach "connects to it"
  fi
}
`;
