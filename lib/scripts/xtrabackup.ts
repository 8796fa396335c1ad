import { BackupAccount } from '../backup-account';
import { Words } from '../version/facts';
import { CloneMethod } from '../clone-method';
import { backupAccountSql } from './accounts';
import { bash } from './bash';
import { receiving, serving } from './clone-method';
import { cloning } from './cloning';
import { log } from './log';
import { password, sqlString } from './password';
import { answerPeers, peers } from './peers';
import { restoreGtids } from './restore-gtids';
import { volume } from './volume';

export interface XtrabackupParameters {
  /** Name of the headless Service, and of the StatefulSet. */
  readonly service: string;
  readonly method: CloneMethod;
  /** The account that clones are made with. */
  readonly backup: BackupAccount;
  /** The statements of the server's version. */
  readonly words: Words;
  /** Whether a server knows all its GTIDs once a backup of it is restored. */
  readonly backupsHoldGtids: boolean;
  /** Defines `judge_lag`; left out where a replica may be behind as far as it likes. */
  readonly lag?: string;
  /** Defines `keep_reads_label`; left out where every ready instance serves reads. */
  readonly readsLabel?: string;
}

/** The sidecar: opens the primary, keeps a replica replicating, and serves clones. */
export const xtrabackup = ({
  service,
  method,
  backup,
  words,
  backupsHoldGtids,
  lag,
  readsLabel,
}: XtrabackupParameters) => bash`
${log}${password}${sqlString}${volume}${peers(service)}${answerPeers}${receiving(method)}${serving(method)}${cloning(service)}
export data run=/var/run/mysqld

sql() { mysql --defaults-file=<(login root) --default-character-set=utf8mb4 --socket="$run/mysqld.sock" --batch --skip-column-names "$@"; }
only_in() { sql -e "SELECT REPLACE(GTID_SUBTRACT('$1', '$2'), '\n', '')"; } # A B: the transactions of A that B lacks
remember() { # FILE TEXT: durably, before what rests on it happens
  printf '%s\n' "$2" >"$data/$1.new" && flush "$data" && mv "$data/$1.new" "$data/$1" && flush "$data"
}

verdict() { # ready|unready TEXT: what the readiness probe and donors go by
  printf '%s: %s\n' "$1" "$2" >"$run/status.new"
  mv "$run/status.new" "$run/status"
  if [[ $1 = ready ]]; then
    interval=5
    [[ $reported = "ready: $2" ]] || report "ready: $2"
  else
    interval=1
    report "unready: $2"
  fi
}

# ---- what peers may ask

own_state() {
  sql <<SQL
SELECT CONCAT('state|$HOSTNAME|complete|', IFNULL((SELECT MAX(id) FROM replicated_mysql.cluster), ''),
  IF(@@GLOBAL.super_read_only, '|closed|', '|open|'),
  REPLACE(@@GLOBAL.gtid_executed, '\n', ''), '|',
  IFNULL((SELECT REPLACE(RECEIVED_TRANSACTION_SET, '\n', '') FROM performance_schema.replication_connection_status WHERE CHANNEL_NAME = ''), ''), '|',
  REPLACE(@@GLOBAL.gtid_purged, '\n', ''));
SQL
}

state() { own_state 2>/dev/null || printf 'state|%s|complete|%s|down|||\n' "$HOSTNAME" "$(mark cluster)"; }

lacks() { # GTIDS: which of them are missing here
  local missing
  missing=$(sql <<<"SELECT REPLACE(GTID_SUBTRACT('$1', @@GLOBAL.gtid_executed), '\n', '')") && printf 'lacks|%s|%s\n' "$HOSTNAME" "$missing"
}

offer_clone() { # sets size
  size=$(du -sb --exclude='binlog.*' --exclude='relay.*' --exclude='*-bin.[0-9]*' "$data" | cut -f 1)
  printf 'offer|%s|%s|%s\n' "$HOSTNAME" "$(mark cluster)" "$size"
}

serve_clone() { # only from healthy data
  local verdict size
  read -r verdict <"$run/status" || verdict='unready: it has just started'
  if [[ $verdict = ready:* ]]; then send_clone; else printf 'refused|%s is %s\n' "$HOSTNAME" "$verdict"; fi
}

# ---- a clone's past

forget_donor() { # what it was told as a replica, without the relay logs that this speaks of; never what replicated itself
  [[ -e $data/.replicating ]] || sql -e '${words.stop}; ${words.reset} ALL'
}

# ---- the primary: read-only until its peers have shown that it is the right one

peer_agrees() { # ADDRESS: same cluster, and nothing that this primary lacks; else why has the reason
  local answer name holds theirs mode their_executed their_received lacking
  answer=$(ask "$1") || answer="state|the peer at $1|complete||down||"
  IFS='|' read -r _ name holds theirs mode their_executed their_received _ <<<"$answer"
  [[ $holds != empty ]] || return 0
  if [[ $mode = down ]]; then
    why="$name does not answer (goes on without it after 60 s)"
    ((SECONDS - closed_since >= 60))
    return
  fi
  [[ $theirs = "$cluster" ]] || {
    why="$name holds data of cluster $theirs, this primary of cluster $cluster. Bring back the volume that is in the wrong place, or delete the claim and the pod of the one that is not needed"
    return 1
  }
  lacking=$(only_in "$their_executed,$their_received" "$executed") || { why="cannot compare GTIDs with $name"; return 1; }
  [[ -z $lacking ]] || {
    why="$name holds transactions that this primary lacks: $lacking. Was the volume of $HOSTNAME set back? Then bring back the newer one, or set initialize to fromReplica and delete the claim and the pod of $HOSTNAME. If these transactions are not needed, delete the claim and the pod of $name"
    return 1
  }
}

${backupAccountSql(backup)}
keep_backup_account() { # the one that the clone method needs, which may be another one than before; the other goes last
  local found text
  found=$(sql -e "SELECT GROUP_CONCAT(Host) FROM mysql.user WHERE User = 'backup' AND Host IN ('%', 'localhost')") || return 1
  [[ $found != '${backup.host}' ]] || return 0
  text=$(backup_account) || return 1
  sql <<<"$text DROP USER IF EXISTS 'backup'@'${backup.host === '%' ? 'localhost' : '%'}'" || return 1
  say "made the account backup@${backup.host}, which clones are now made with"
}

tend_primary() {
  local all address
  if [[ $mode = open ]]; then
    [[ -e $run/opened ]] || keep_backup_account || return 1
    touch "$run/opened"
    closed_since=$SECONDS
    verdict ready "the primary of cluster $cluster is open for writes"
    return
  fi
  [[ ! -e $run/opened ]] || { verdict unready "somebody has closed the primary; SET GLOBAL super_read_only = OFF, read_only = OFF opens it"; return; }
  all=$(peers) || { verdict unready "closed until DNS knows $HOSTNAME.$service as $POD_IP"; return; }
  for address in $all; do
    peer_agrees "$address" || { verdict unready "closed: $why"; return; }
  done
  forget_donor || return 1
  [[ -e $data/.replicating ]] || remember .replicating "as the primary" || return 1
  sql -e 'SET GLOBAL super_read_only = OFF; SET GLOBAL read_only = OFF' || return 1
  say "opened: no peer holds another cluster's data or a transaction that is missing here"
}

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

clone_again() { # REASON: builds a new copy beside the old one, which stays until the new one is whole
  verdict unready "clones itself again: $1"
  if clone_from_any; then
    exchange
  else
    verdict unready "cannot clone itself again yet: $why. The cause: $1"
  fi
}

exchange() { # puts the copy in staging in place of the old one, with mysqld shut down; a kill on the way is finished by the next start
  rm -f "$run/parked" "$run/clone-again" # what was asked for is there, whoever finishes it
  touch "$run/exchange" # from now on the mysql container does not start mysqld
  until [[ -e $run/parked ]]; do
    verdict unready "a new copy is whole: waiting for mysqld to end"
    sql -e SHUTDOWN &>/dev/null || true
    pause 1
  done
  rename_staging || exit 1 # the next start finishes it; mysqld waits until then
  rm -f "$run/exchange"
  say "the new copy is in place: this container and mysql start again, to have it mounted"
  exit 0
}

${backupsHoldGtids ? '' : restoreGtids}tend() {
  local mine
  if is_complete "$staging"; then exchange; fi
  if (($(free_mib) < 16)); then
    verdict unready "the volume is full: less than 16 MiB are free, and mysqld waits for room. Grow the claim data-$HOSTNAME"
    return
  fi
  mine=$(own_state 2>&1) || {
    closed_since=$SECONDS
    [[ $mine = *'ERROR 2002 '* ]] && mine="it has not started yet, or not again"
    verdict unready "mysqld does not answer: $mine"
    return
  }
  IFS='|' read -r _ _ _ cluster mode executed received _ <<<"$mine"
${backupsHoldGtids ? '' : '  restore_gtids || return 1\n'}  if [[ -z $cluster ]]; then
    verdict unready "replicated_mysql.cluster is empty: the id there is what peers know the cluster by; put back $(mark cluster)"
  elif ((ordinal)); then
    tend_replica
  else
    tend_primary
  fi
}

${readsLabel ? `${readsLabel}\n` : ''}closed_since=0 next_start=0 interval=1
rm -f "$run"/clone.[0-9]* # their holders ended with the container before this one
is_complete "$staging" || { rm -f "$run/exchange"; settle; }
${readsLabel ? 'keep_reads_label &\n' : ''}while true; do
  keep_listening
  tend || verdict unready "a step failed, its error stands above; tries again"
  pause "$interval"
done
`;
