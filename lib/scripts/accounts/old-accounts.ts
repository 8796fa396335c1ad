import { bash } from '../base/bash';
import { BackupAccount } from './backup-account';

/** Finds the cluster's accounts on an authentication plugin that later versions lack; a part of the sidecar. */
export const findOldAccounts = ({ oldPlugin = '' }: BackupAccount, insecure: boolean) => bash`
find_old_accounts() { # sets found to them
  query "IFNULL((SELECT GROUP_CONCAT(User, '@', Host) FROM mysql.user WHERE plugin = '${oldPlugin}'
    AND (User, Host) IN (('root', 'localhost'), ('replication', '%'), ('probe', '127.0.0.1'), ('backup', '%'), ('backup', 'localhost')${insecure ? ", ('root', '%')" : ''})), '')"
}
`;

/** The primary's part: moves these accounts, and names those of others. */
export const moveOldAccounts = ({ plugin = '', oldPlugin = '' }: BackupAccount) => bash`
move_old_accounts() {
  local found
  find_old_accounts || return
  if [[ $found ]]; then
    accounts | sql || return
    say "moved accounts to ${plugin}, since later versions lack ${oldPlugin}: $found"
  fi
  found=$(sql -e "SELECT GROUP_CONCAT(User, '@', Host) FROM mysql.user WHERE plugin = '${oldPlugin}' AND User NOT LIKE 'mysql.%'") || return
  [[ $found = NULL ]] || say "WARNING: these accounts use ${oldPlugin}, which later versions lack: $found. For each, before an upgrade: ALTER USER ... IDENTIFIED WITH ${plugin} BY '...'"
}
`;

/** Notes in the data directory of each instance that there are some, for as long as there are. */
export const noteOldAccounts = bash`
note_old_accounts() { # once a minute, and at each look while there are some
  local now found
  look_at_clock
  [[ -e $data/.old-accounts ]] || ((now >= \${next_accounts:-0})) || return 0
  next_accounts=$((now + 60))
  find_old_accounts || return 1
  if [[ $found ]]; then
    accounts_are_kept='' # so that the primary moves them
    [[ -e $data/.old-accounts ]] || remember .old-accounts "$found"
  elif [[ -e $data/.old-accounts ]]; then
    rm "$data/.old-accounts" && flush "$data"
  fi
}
`;

/** Heeds that note; a part of init-mysql for the versions that lack the plugin. */
export const refuseOldAccounts = bash`
refuse_old_accounts() { # mysqld would upgrade the data at its first start on it, and no earlier version could go back
  local accounts
  [[ -e $data/.old-accounts ]] || return 0
  accounts=$(<"$data/.old-accounts")
  refuse "nobody could log in with the accounts of the cluster that use an authentication plugin which this version lacks: $accounts." \
    "Nothing was changed. Set version back to the one before, apply, and delete this pod. The primary moves the accounts once it is open with that version"
}
`;
