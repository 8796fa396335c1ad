import { bash } from '../base/bash';

/**
 * For versions whose backups lack GTIDs: defines `restore_gtids`, which the sidecar calls before it compares any, and
 * `has_its_gtids`, without which it tells none to peers.
 */
export const restoreGtids = bash`
find_unset_gtids() { # EXECUTED: sets recorded to the set that the backup of this clone recorded; to nothing if it need not be set
  local missing found
  recorded=''
  [[ ! -e $data/.replicating ]] || return 0
  recorded=$(mark gtids) || return
  only_in "$recorded" "$1" && missing=$found && only_in "$1" "$recorded" || return
  [[ $missing && ! $found ]] || recorded=''
}

restore_gtids() { # gtid_purged accepts a set only after RESET MASTER
  local recorded
  [[ $mode = closed ]] || return 0
  find_unset_gtids "$executed" || return 1
  [[ $recorded ]] || return 0
  sql -e "RESET MASTER; SET GLOBAL gtid_purged = '$recorded'" || return 1
  executed=$recorded
  say "this clone now has the GTIDs that its backup recorded: $recorded"
}

has_its_gtids() { # STATE: until then, a peer would take this clone for another history
  local recorded executed
  IFS='|' read -r _ _ _ _ _ executed _ <<<"$1"
  find_unset_gtids "$executed" && [[ ! $recorded ]]
}

`;
