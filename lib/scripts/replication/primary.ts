import { accounts } from '../accounts/accounts';
import { BackupAccount } from '../accounts/backup-account';
import { moveOldAccounts } from '../accounts/old-accounts';
import { Credentials } from '../../options/credentials';
import { Facts } from '../../options/version/facts';
import { bash } from '../base/bash';
import { recordOpening } from './history';

export interface PrimaryParameters {
  /** The account that clones are made with. */
  readonly backup: BackupAccount;
  /** What the server's version knows. */
  readonly facts: Facts;
  readonly credentials: Credentials;
  /** Whether it keeps the databases and accounts of the code. */
  readonly keepsUsers?: boolean;
  /** How long the primary waits for peers that are there and do not answer, in seconds; undefined for ever. */
  readonly waitForPeers?: number;
}

/** The primary's part of the sidecar. It opens the primary once no peer objects. */
export const primary = ({
  backup,
  credentials,
  facts: { statements },
  keepsUsers,
  waitForPeers,
}: PrimaryParameters) => bash`
# ---- the primary: closed until its peers have shown that it is the right one

declare -A names=() settled=() # by address: who answered there, and why this primary need not wait for it any more

objection_of() { echo "$data/.objection-$1"; } # PEER: the file with its objection, which outlives a restart

withdraw_objection() { # PEER
  [[ ! -e $(objection_of "$1") ]] || { rm "$(objection_of "$1")" && flush "$data"; }
}

agree() { # ADDRESS PEER
  settled[$1]=agreed
  withdraw_objection "$2"
}

objects() { # succeeds if the peer that answered holds what this primary lacks, and sets why; fails with 2 if nobody can tell
  local compared missing since
  if [[ $peer_cluster != "$cluster" ]]; then
    why="$peer_name holds data of cluster $peer_cluster, this primary of cluster $cluster"
    why+=". Bring back the volume that belongs here, or delete the claim and the pod of the instance you do not need"
    return
  fi
  compared=$(missing_here "$peer_epoch" "$peer_executed,$peer_received") || return 2
  IFS='|' read -r missing since <<<"$compared"
  [[ $missing ]] || return 1
  why="$peer_name $(surplus_of "this primary" "$missing" "$since"). Was the volume of $HOSTNAME set back?"
  why+=" Then bring back the newer one, or set initialize to fromReplica and delete the claim and the pod of $HOSTNAME"
  why+=". If you do not need these transactions, delete the claim and the pod of $peer_name"
}

hear_peer() { # ADDRESS: fails while this primary waits for that peer, and then why has the reason
  local code=0
  if ask_state "$1"; then
    names[$1]=$peer_name
    if [[ $peer_holds = empty ]]; then
      agree "$1" "$peer_name"
      return
    elif [[ $peer_mode != down ]]; then
      objects || code=$?
      case $code in
        0) unset "settled[$1]" && remember ".objection-$peer_name" "$why" ;;
        1) agree "$1" "$peer_name" ;;
        *) why="cannot compare GTIDs with $peer_name"; return 1 ;;
      esac
      return
    fi
  fi
  [[ \${settled[$1]-} ]] || wait_for "$1"
}

wait_for() { # ADDRESS: fails until the time for this silent peer is over, and sets why
  local limit=${waitForPeers ?? "''"} name=\${names[$1]-}
  if [[ $name ]]; then
    why="mysqld of $name does not answer"
  else
    name=$(name_of "$1")
    why="$name does not answer"
    listens "$1" "$peer_port" || limit=60 why+=", and nothing listens there"
  fi
  if [[ ! $limit ]]; then
    why+=". Waiting for it. If it is gone for good: kubectl exec $HOSTNAME -c xtrabackup -- touch $gone-$name"
  elif (($(uptime) < closed_since + limit)); then
    why+=" (opening without it after $limit s)"
  else
    settled[$1]=silent names[$1]=$name
    return
  fi
  return 1
}

forget_gone_peers() { # a person says that they will not come back; one that answers all the same counts again
  local file name address
  for file in "$gone"-*; do
    [[ -e $file ]] || continue
    name=\${file#"$gone-"}
    for address in "$name" $(resolve "$name.$service" || true); do settled[$address]=gone names[$address]=$name; done
    withdraw_objection "$name" && rm "$file" || return
    say "a person says that $name is gone for good: going on without it"
  done
}

no_peer_objects() { # else why has the reason
  local all address waiting='' objection name
  all=$(peers) || { why="DNS does not resolve $HOSTNAME.$service to $POD_IP yet"; return 1; }
  forget_gone_peers || return 1
  for address in $all; do
    hear_peer "$address" || waiting=\${waiting:-$why} # the others may object
  done
  for objection in "$data"/.objection-*; do
    [[ -e $objection ]] || continue
    name=\${objection##*/.objection-}
    why="$(<"$objection"). If $name is gone for good: kubectl exec $HOSTNAME -c xtrabackup -- touch $gone-$name"
    return 1
  done
  why=$waiting
  [[ ! $waiting ]]
}

settled_as() { # STATE: prints the names of these peers
  local address found
  found=$(for address in "\${!settled[@]}"; do [[ \${settled[$address]} != "$1" ]] || echo "\${names[$address]}"; done | sort -V)
  found=\${found//$'\n'/, }
  echo "\${found:-nobody}"
}

${recordOpening}
open() { # while read_only is on, clients cannot commit before the opening is recorded
  local opening
  opening=$(record_opening "$(<"$started_with")") || return
  sql <<<"SET GLOBAL super_read_only = OFF; $opening SET GLOBAL read_only = OFF" && touch "$opened" || return
  say "opened: agreed: $(settled_as agreed); not heard: $(settled_as silent); gone for good: $(settled_as gone)"
${keepsUsers ? "  users_seen=''\n" : ''}  accept_writes
  name_what_does_not_run
}

name_what_does_not_run() { # what a copy of a replica has switched off, and what a restart has stopped
  local found
  found=$(sql -e "SELECT GROUP_CONCAT(EVENT_SCHEMA, '.', EVENT_NAME SEPARATOR ', ') FROM information_schema.EVENTS WHERE STATUS IN ('SLAVESIDE_DISABLED', 'REPLICA_SIDE_DISABLED')") || return
  [[ $found = NULL ]] || say "WARNING: events do not run, because this data was a replica's: $found. For each that should: ALTER EVENT ... ENABLE"
  found=$(sql -e "SELECT GROUP_CONCAT('''', CHANNEL_NAME, ''' from ', HOST SEPARATOR ', ') FROM performance_schema.replication_connection_configuration
    JOIN performance_schema.replication_connection_status USING (CHANNEL_NAME) WHERE SERVICE_STATE = 'OFF'") || return
  [[ $found = NULL ]] || say "WARNING: replication into this primary does not run after a restart: channel $found. ${statements.start} FOR CHANNEL '...' starts it"
}

accept_writes() { verdict open "the primary of cluster $cluster accepts writes"; }

${accounts(backup, credentials._insecure)}
${backup.oldPlugin ? `${moveOldAccounts(backup)}\n` : ''}keep_accounts() { # makes the account for this clone method first, then drops the one for the other method
  local hosts
  [[ ! \${accounts_are_kept-} ]] || return 0
  hosts=$(sql -e "SELECT GROUP_CONCAT(Host) FROM mysql.user WHERE User = 'backup' AND Host IN ('%', 'localhost')") || return 1
  if [[ $hosts != '${backup.host}' ]]; then
    { backup_account && echo "DROP USER IF EXISTS 'backup'@'${backup.host === '%' ? 'localhost' : '%'}'"; } | sql || return 1
    say "made the account backup@${backup.host} for clones"
  fi
${backup.oldPlugin ? '  move_old_accounts || return 1\n' : ''}  accounts_are_kept=yes
}

hear_anew() { # a server that starts or closes waits for its peers from then on
  local now
  look_at_clock
  closed_since=$now settled=() names=()
}

disconnect_replicas() { # a replica compares itself with its primary when it connects
  local found
  query "IFNULL((SELECT GROUP_CONCAT('KILL ', PROCESSLIST_ID SEPARATOR ';') FROM performance_schema.threads WHERE PROCESSLIST_COMMAND LIKE 'Binlog Dump%'), '')" || return
  [[ ! $found ]] || sql --force -e "$found"
}

stay_open() {
  if was_reset; then
    record_opening "$executed" | sql && disconnect_replicas || return 1
    say "the binary logs of this primary were reset, so its replicas cannot follow it any more and are fenced: delete the claim and the pod of each replica, one after the other, for a new clone"
  fi
  if lacks_room; then purge_what_replicas_have || return 1; fi
  keep_identity && keep_accounts${keepsUsers ? ' && keep_users' : ''} && accept_writes
}

tend_primary() {
  [[ -e $started_with ]] || printf '%s\n' "$executed" >"$started_with"
  if [[ $mode = open ]]; then
    hear_anew
    if [[ ! -e $opened ]]; then
      sql -e 'SET SESSION lock_wait_timeout = 5; SET GLOBAL super_read_only = ON' || return 1
      verdict closed "its server was open before its peers agreed"
    else
      stay_open
    fi
  elif [[ -e $stopping ]]; then
    verdict closed "its server ends"
  elif [[ -e $opened ]]; then
    verdict closed "a person closed it; SET GLOBAL super_read_only = OFF, read_only = OFF opens it"
  elif no_peer_objects; then
    forget_donor || return 1
    [[ -e $data/.replicating ]] || remember .replicating "as the primary" || return 1
    open
  else
    verdict closed "$why"
  fi
}
`;
