import { BackupAccount } from '../accounts/backup-account';
import { backupAccountSql } from '../accounts/accounts';
import { bash } from '../base/bash';

/** How the sidecar tends the primary: defines `tend_primary`. */
export const primary = (backup: BackupAccount) => bash`
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
    [[ -e $run/opened ]] || { keep_backup_account && touch "$run/opened"; } || return 1
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
`;
