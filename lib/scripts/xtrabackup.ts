import { BackupAccount } from './accounts/backup-account';
import { Words } from '../options/version/facts';
import { CloneMethod } from '../options/clone-method';
import { bash } from './base/bash';
import { receiving, serving } from './cloning/method';
import { cloning } from './cloning/cloning';
import { log } from './base/log';
import { password, sqlString } from './accounts/password';
import { answerPeers, peers } from './peers/peers';
import { primary } from './replication/primary';
import { replica } from './replication/replica';
import { restoreGtids } from './replication/restore-gtids';
import { SESSION } from './base/session';
import { volume } from './base/volume';

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

sql() { # in a session that does not depend on the server's settings
  mysql --defaults-file=<(login root) ${SESSION} \
    --socket="$run/mysqld.sock" --batch --skip-column-names "$@"
}
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

${primary(backup)}
${replica(words, lag)}
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
