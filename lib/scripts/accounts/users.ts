import { bash } from '../base/bash';
import { BEGIN } from '../base/session';

/** Keeps the databases and accounts of the code on the open primary; a part of the sidecar. Replicas get them from there. */
export const users = bash`
# ---- databases and users

users_seen='' next_users=0

keep_users() { # after the opening, when the ConfigMap or the Secret has changed, and when it is time; never keeps the primary from its work
  local now stamp
  look_at_clock
  stamp=(/mnt/config-map/..2* /mnt/secret/..2* "$secret_seen") # what the kubelet renews with each change; a glob starts no process
  [[ \${stamp[*]} != "$users_seen" ]] || ((now >= next_users)) || return 0
  users_seen=\${stamp[*]} next_users=$forever
  keep_databases || try_users_again "the databases: $why"
  keep_own_passwords
  keep_accounts_of_users
}

try_users_again() { # REASON
  next_users=$((now + 30))
  say "WARNING: cannot keep $(printable "$1"). Trying again"
}

execute() { # STATEMENT: an error quotes it, so of one with a password only the number is shown
  local error
  error=$(sql "--init-command=${BEGIN}, lock_wait_timeout = 2" 2>&1 <<<"$1") && return # a backup may have the lock
  [[ $1 != *' IDENTIFIED BY '* ]] || error=\${error%%(*}
  why="the server says: $error"
  return 1
}

keep_databases() {
  local name known
  [[ -e /mnt/config-map/databases ]] || return 0
  known=$(sql --raw -e "SELECT $(identifier SCHEMA_NAME) FROM information_schema.SCHEMATA") || { why='the server does not tell which it has'; return 1; }
  while read -r name; do
    [[ $'\n'$known$'\n' != *$'\n'"$name"$'\n'* ]] || continue
    execute "CREATE DATABASE IF NOT EXISTS $name" || return
    say "made the database $(printable "$name")"
  done </mnt/config-map/databases
}

identifier() { # COLUMN: prints the SQL of a name in backticks
  local tick='\`'
  echo "CONCAT('$tick', REPLACE($1, '$tick', '$tick$tick'), '$tick')"
}

keep_accounts_of_users() { # each for itself: what is wrong with one keeps no other
  local word rest all=$'\n' account='' key='' keep_old='' options='' grants='' roles='' why
  if [[ -e /mnt/config-map/users ]]; then
    while read -r word rest; do
      case $word in
        account) [[ ! $account ]] || keep_user; account=$rest grants='' roles='' all+=$rest$'\n' ;;
        password) read -r key keep_old <<<"$rest" ;;
        options) options=$rest ;;
        grant) grants+=$rest$'\n' ;;
        role) roles+=$rest$'\n' ;;
      esac
    done </mnt/config-map/users
    keep_user
  fi
  lock_what_left
}

keep_user() {
  judge_now # many of them take a while, and the verdict stands
  { keep_login && keep_grants && keep_roles; } || try_users_again "the account $account: $why"
}

read_user() { # MARK: sets has_options, has_hash, locked, has_second and age, which are empty without the account
  local row
  row=$(sql --raw -e "SELECT CONCAT_WS('|', IFNULL(User_attributes->>'$.metadata.$1.options', 'none'),
    IFNULL(User_attributes->>'$.metadata.$1.password', ''), account_locked,
    User_attributes->>'$.additional_password' IS NOT NULL, TIMESTAMPDIFF(SECOND, password_last_changed, NOW()))
    FROM mysql.user WHERE User = $user AND Host = $host") || { why='the server does not tell what it has'; return 1; }
  IFS='|' read -r has_options has_hash locked has_second age <<<"$row"
}

keep_login() { # its password and its options, in one statement together with the mark that tells them
  local user=\${account%@*} host=\${account##*@} secret hash has_options has_hash locked has_second age
  is_whole "/mnt/secret/$key" "$key of the Secret" && read_user replicatedMysql || return
  secret=$(<"/mnt/secret/$key")
  hash=$(hash_of "$secret" "$has_hash")
  if [[ ! $has_options ]]; then
    execute "CREATE USER $account IDENTIFIED BY $(sql_string "$secret") $options ATTRIBUTE $(mark_of "$hash")" || return
    say "made the account $(printable "$account")"
  elif [[ $has_options = none ]]; then
    why='it exists, and not by the prop users. Drop it or choose another name'
    return 1
  elif [[ $hash != "$has_hash" ]]; then
    execute "ALTER USER $account IDENTIFIED BY $(sql_string "$secret") RETAIN CURRENT PASSWORD $options ACCOUNT UNLOCK ATTRIBUTE $(mark_of "$hash")" || return
    say "changed the password of $(printable "$account") to the one in the Secret; the old one stays valid for $keep_old s"
    has_second=1 age=0
  elif [[ $options != "$has_options" || $locked = Y ]]; then
    execute "ALTER USER $account $options ACCOUNT UNLOCK ATTRIBUTE $(mark_of "$hash")" || return
    say "changed $(printable "$account") to $options"
  fi
  [[ $has_second != 1 ]] || discard_old_password
}

hash_of() { # PASSWORD HASH: prints its hash with the salt of the other one; as hard to try passwords on as the server's own
  local salt
  IFS='$' read -r _ _ salt _ <<<"$2"
  [[ $salt ]] || salt=$(openssl rand -hex 8)
  printf '%s' "$1" | openssl passwd -5 -salt "$salt" -stdin
}

mark_of() { # HASH
  sql_string "{\"replicatedMysql\": {\"options\": \"$options\", \"password\": \"$1\"}}"
}

discard_old_password() {
  if ((age < keep_old)); then
    ((next_users <= now + keep_old - age)) || next_users=$((now + keep_old - age))
    return
  fi
  execute "ALTER USER $account DISCARD OLD PASSWORD" || return
  say "the old password of $(printable "$account") is not valid any more"
}

privileges() { # prints what the account may do, as \`PRIVILEGE ON OBJECT\` line by line
  local user=\${account%@*} host=\${account##*@} kind object
  for kind in USER SCHEMA TABLE; do
    case $kind in
      USER) object="'*.*'" ;;
      SCHEMA) object="$(identifier TABLE_SCHEMA), '.*'" ;;
      TABLE) object="$(identifier TABLE_SCHEMA), '.', $(identifier TABLE_NAME)" ;;
    esac
    echo "SELECT CONCAT(PRIVILEGE_TYPE, ' ON ', $object) FROM information_schema.\${kind}_PRIVILEGES
      WHERE GRANTEE = CONCAT('''', $user, '''@''', $host, '''') AND PRIVILEGE_TYPE <> 'USAGE';
      SELECT DISTINCT CONCAT('GRANT OPTION ON ', $object) FROM information_schema.\${kind}_PRIVILEGES
      WHERE GRANTEE = CONCAT('''', $user, '''@''', $host, '''') AND IS_GRANTABLE = 'YES';"
  done | sql --raw
}

keep_grants() {
  local has line list privilege object wanted=$'\n' missing statements='' changes=''
  has=$(privileges) || { why='the server does not tell what it may do'; return 1; }
  while read -r line; do
    [[ $line ]] || continue
    list=\${line%% ON *} object=\${line#* ON } missing=''
    while read -r privilege; do
      wanted+="$privilege ON $object"$'\n'
      [[ $'\n'$has$'\n' = *$'\n'"$privilege ON $object"$'\n'* ]] || missing=yes
    done <<<"\${list//, /$'\n'}"
    [[ ! $missing ]] || statements+="GRANT $line TO $account;"
    [[ ! $missing || $line = 'ALL PRIVILEGES '* ]] || changes+=", may $line" # which the server tells one by one
  done <<<"$grants"
  while read -r line; do
    object=\${line#* ON }
    [[ $line && $wanted != *$'\n'"$line"$'\n'* ]] || continue
    [[ $wanted != *$'\n'"ALL PRIVILEGES ON $object"$'\n'* || $line = 'GRANT OPTION '* ]] || continue
    statements+="REVOKE $line FROM $account;" changes+=", may not $line any more"
  done <<<"$has"
  [[ ! $statements ]] || execute "$statements" || return
  [[ ! $changes ]] || say "$(printable "$account\${changes#,}")"
}

keep_roles() { # and the same ones in each session
  local user=\${account%@*} host=\${account##*@} has role statements='' changes=''
  has=$(sql --raw -e "SELECT CONCAT(QUOTE(FROM_USER), '@', QUOTE(FROM_HOST), IF(DEFAULT_ROLE_USER IS NULL, ' unused', ''))
    FROM mysql.role_edges LEFT JOIN mysql.default_roles ON USER = TO_USER AND HOST = TO_HOST AND DEFAULT_ROLE_USER = FROM_USER AND DEFAULT_ROLE_HOST = FROM_HOST
    WHERE TO_USER = $user AND TO_HOST = $host") || { why='the server does not tell which roles it has'; return 1; }
  while read -r role; do
    [[ $role && $'\n'$has$'\n' != *$'\n'"$role"$'\n'* ]] || continue
    statements+="GRANT $role TO $account;" changes+=", has the role $role"
  done <<<"$roles"
  while read -r role; do
    role=\${role%' unused'}
    [[ $role && $'\n'$roles != *$'\n'"$role"$'\n'* ]] || continue
    statements+="REVOKE $role FROM $account;" changes+=", has the role $role no more"
  done <<<"$has"
  [[ $statements ]] || return 0
  execute "$statements SET DEFAULT ROLE ALL TO $account" || return
  say "$(printable "$account\${changes#,}")"
}

lock_what_left() { # an account that is not in the code any more, which a person may drop
  local account
  while read -r account; do
    [[ $all != *$'\n'"$account"$'\n'* ]] || continue
    execute "ALTER USER $account ACCOUNT LOCK" || { try_users_again "the account $account out: $why"; continue; }
    say "locked the account $(printable "$account"), which is not in the code any more. Drop it when nobody needs it"
  done < <(sql --raw -e "SELECT CONCAT(QUOTE(User), '@', QUOTE(Host)) FROM mysql.user
    WHERE JSON_CONTAINS_PATH(User_attributes, 'one', '$.metadata.replicatedMysql') AND account_locked = 'N'" || true)
}
`;
