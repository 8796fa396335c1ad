import { backupAccountSql } from '../accounts/accounts';
import { BackupAccount } from '../accounts/backup-account';
import { bash } from '../base/bash';

/** The sidecar's work on the primary: defines `tend_primary`. */
export const primary = (backup: BackupAccount) => bash`
# ---- the primary: closed until its peers have shown that it is the right one

peer_agrees() { # ADDRESS: same cluster, and no transaction that this primary lacks; else why has the reason
  local lacking
  ask_state "$1" || { peer_name="the peer at $1" peer_holds=complete peer_mode=down; }
  [[ $peer_holds != empty ]] || return 0
  if [[ $peer_mode = down ]]; then
    why="$peer_name does not answer (opening without it after 60 s)"
    (($(uptime) - closed_since >= 60))
    return
  fi
  [[ $peer_cluster = "$cluster" ]] || {
    why="$peer_name holds data of cluster $peer_cluster, this primary of cluster $cluster"
    why+=". Bring back the volume that belongs here, or delete the claim and the pod of the instance you do not need"
    return 1
  }
  lacking=$(only_in "$peer_executed,$peer_received" "$executed") || { why="cannot compare GTIDs with $peer_name"; return 1; }
  [[ -z $lacking ]] || {
    why="$peer_name holds transactions that this primary lacks: $lacking. Was the volume of $HOSTNAME set back?"
    why+=" Then bring back the newer one, or set initialize to fromReplica and delete the claim and the pod of $HOSTNAME"
    why+=". If you do not need these transactions, delete the claim and the pod of $peer_name"
    return 1
  }
}

${backupAccountSql(backup)}
keep_backup_account() { # makes the account for this clone method first, then drops the one for the other method
  local found text
  found=$(sql -e "SELECT GROUP_CONCAT(Host) FROM mysql.user WHERE User = 'backup' AND Host IN ('%', 'localhost')") || return 1
  [[ $found != '${backup.host}' ]] || return 0
  text=$(backup_account) || return 1
  sql <<<"$text DROP USER IF EXISTS 'backup'@'${backup.host === '%' ? 'localhost' : '%'}'" || return 1
  say "made the account backup@${backup.host} for clones"
}

tend_primary() {
  local all address
  if [[ $mode = open ]]; then
    [[ -e $opened ]] || { keep_backup_account && touch "$opened"; } || return 1
    closed_since=$(uptime)
    verdict open "the primary of cluster $cluster accepts writes"
    return
  fi
  [[ ! -e $opened ]] || { verdict closed "a person closed it; SET GLOBAL super_read_only = OFF, read_only = OFF opens it"; return; }
  all=$(peers) || { verdict closed "DNS does not resolve $HOSTNAME.$service to $POD_IP yet"; return; }
  for address in $all; do
    peer_agrees "$address" || { verdict closed "$why"; return; }
  done
  forget_donor || return 1
  [[ -e $data/.replicating ]] || remember .replicating "as the primary" || return 1
  sql -e 'SET GLOBAL super_read_only = OFF; SET GLOBAL read_only = OFF' || return 1
  say "opened: no peer holds another cluster's data or a transaction that is missing here"
}
`;
