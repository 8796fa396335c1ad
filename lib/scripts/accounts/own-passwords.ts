import { bash } from '../base/bash';
import { BackupAccount } from './backup-account';
import { SECONDS_OF_BOTH } from './credentials';

/**
 * Keeps the passwords of the cluster's accounts on the open primary as the Secret has them; a part of `users`. Replicas
 * get them from there. Each server has set that of root at its start, without a binary log and so without this mark.
 */
export const ownPasswords = ({ host }: BackupAccount) => bash`
keep_own_passwords() { # each for itself: what is wrong with one keeps no other
  local account keep_old=${SECONDS_OF_BOTH} why
  for account in "'root'@'localhost'" "'replication'@'%'" "'backup'@'${host}'" "'probe'@'127.0.0.1'"; do
    judge_now # a lock may keep each of them waiting, and the verdict stands
    keep_own_password || try_users_again "the account $account: $why"
  done
}

keep_own_password() {
  local user=\${account%@*} host=\${account##*@} name secret hash has_options has_hash locked has_second age both=' RETAIN CURRENT PASSWORD'
  read_user replicatedMysqlCluster || return
  [[ $has_options ]] || return 0 # there is no such account
  name=\${user//\'/}
  [[ ! -e /mnt/credentials/$name-new-password ]] || name+=-new
  secret=$(password "$name") || { why='its password cannot be read'; return 1; }
  hash=$(hash_of "$secret" "$has_hash")
  if [[ $hash != "$has_hash" ]]; then
    [[ $has_hash ]] || both='' # of an account that was made with this password
    execute "ALTER USER $account IDENTIFIED BY $(sql_string "$secret")$both ATTRIBUTE '{\"replicatedMysqlCluster\": {\"password\": \"$hash\"}}'" || return
    next_login=0
    [[ $both ]] || return 0
    say "changed the password of $account to the one in the Secret; the old one stays valid for $keep_old s"
    has_second=1 age=0
  fi
  [[ $has_second = 1 ]] || return 0
  # A replica that started meanwhile, with the old one in its pod, has given it to root once more.
  ((age < keep_old)) || [[ $user != "'root'" ]] || execute "ALTER USER $account IDENTIFIED BY $(sql_string "$secret")" || return
  discard_old_password
}
`;
