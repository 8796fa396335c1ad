import { bash } from '../base/bash';

/** For versions whose backups lack GTIDs: defines `restore_gtids`, which the sidecar calls before it compares any. */
export const restoreGtids = bash`
restore_gtids() { # gives a clone the set that its backup recorded; gtid_purged accepts it only after RESET MASTER
  local recorded missing found
  [[ ! -e $data/.replicating && $mode = closed ]] || return 0
  recorded=$(mark gtids) || return 1
  only_in "$recorded" "$executed" && missing=$found && only_in "$executed" "$recorded" || return 1
  [[ $missing && ! $found ]] || return 0
  sql -e "RESET MASTER; SET GLOBAL gtid_purged = '$recorded'" || return 1
  executed=$recorded
  say "this clone now has the GTIDs that its backup recorded: $recorded"
}

`;
