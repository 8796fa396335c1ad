import { bash } from '../base/bash';

/**
 * Data may have an older password of root than this pod, or a newer one: a clone, a snapshot, a server that was away
 * while the Secret changed. The server executes an init file before anybody can log in, and goes on if that fails.
 * Nothing of it reaches a binary log; the open primary tells the others its password itself.
 */
export const setRootPassword = bash`
set_root_password() { # prints the statements
  local secret
  secret=$(password root) && secret=$(sql_string "$secret") || return
  printf '%s;\n' "SET NAMES utf8mb4" "SET SESSION sql_log_bin = 0, sql_mode = ''" \
    "ALTER USER IF EXISTS 'root'@'localhost' IDENTIFIED BY $secret"
}
`;

/** The sidecar's part: goes on with the password that its server takes, whatever the Secret has; uses `followSecret`. */
export const rootPassword = bash`
next_login=0 refused_since=''
offer_root_password() { # the one in the Secret, which the server takes once the primary has changed it there
  local offered=$credentials/root-new-password
  if is_new root; then mv "$next/root-password" "$offered"; else rm -f "$offered"; fi
  next_login=0 refused_since=''
}

prove_root_password() { # until the server takes the new one, this container goes on with the one before
  local now found
  [[ -e /mnt/credentials/root-new-password ]] || return 0
  look_at_clock
  ((now >= next_login)) || return 0
  next_login=$((now + 5))
  if found=$(root_by=root-new sql -e 'SELECT 1' 2>&1); then
    mv /mnt/credentials/root-new-password /mnt/credentials/root-password
    say "the server takes the new password of root"
  elif ((now >= \${refused_since:=$now} + 180)); then
    refused_since=$now
    say "the server still refuses the password of root in the Secret, so this container goes on with the one before: $found"
  fi
}
`;
