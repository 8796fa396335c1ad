import { bash } from '../base/bash';

/** How passwords reach a process: from files, read at each use, never in an argument or in the environment. */
export const password = bash`
password() { cat "/mnt/credentials/$1-password"; } # ACCOUNT

login() { # ACCOUNT: prints an option file, for --defaults-file=<(login ...)
  local text
  text=$(password "$1" | sed 's/[\\"]/\\&/g') || return # versions of bash treat backslashes in expansions differently
  printf '[client]\nuser=%s\npassword="%s"\n' "$1" "$text"
}
`;

/**
 * The most that MySQL takes for replication: START REPLICA accepts a longer password, and each login is refused then.
 * @see https://dev.mysql.com/doc/refman/8.4/en/change-replication-source-to.html
 */
export const replicationPassword = bash`
replication_password_fits() { (($(wc -c </mnt/credentials/replication-password) <= 32)); } # in bytes
`;

/** How a password becomes part of a statement. */
export const sqlString = bash`
sql_string() { # TEXT
  local text
  text=$(printf '%s' "$1" | sed "s/['\\\\]/&&/g") && printf "'%s'" "$text"
}
`;
