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

/** Whether a file is a password; a value that is only half written must change nothing. */
export const wholePassword = bash`
is_whole() { # FILE KEY: else why names the key, and never its value
  [[ -e $1 ]] || { why="key $2 is missing"; return 1; }
  [[ -s $1 ]] || { why="key $2 is empty"; return 1; }
  (($(tr -d '\000-\037\177' <"$1" | wc -c) == $(wc -c <"$1"))) ||
    { why="key $2 contains a control character, perhaps a newline at its end"; return 1; }
}
`;

/** How a password becomes part of a statement. */
export const sqlString = bash`
sql_string() { # TEXT
  local text
  text=$(printf '%s' "$1" | sed "s/['\\\\]/&&/g") && printf "'%s'" "$text"
}
`;
