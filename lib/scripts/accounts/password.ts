import { bash } from '../base/bash';

/** How passwords reach a process: from files, read at each use, never in an argument or in the environment. */
export const password = bash`
password() { cat "/mnt/credentials/$1-password"; } # ACCOUNT

login() { # ACCOUNT [PASSWORD]: prints an option file, for --defaults-file=<(login ...)
  local text
  text=$(password "\${2:-$1}" | sed 's/[\\"]/\\&/g') || return # versions of bash treat backslashes in expansions differently
  printf '[client]\nuser=%s\npassword="%s"\n' "$1" "$text"
}
`;

/** Whether a file is a password; a value that is only half written must change nothing. */
export const wholePassword = bash`
is_whole() { # FILE KEY: else why names the key, and never its value
  local text=''
  [[ -e $1 ]] || { why="key $2 is missing"; return 1; }
  [[ -s $1 ]] || { why="key $2 is empty"; return 1; }
  if IFS= read -r -d '' text <"$1" || [[ $text = *[[:cntrl:]]* ]]; then # the first succeeds at a NUL
    why="key $2 contains a control character, perhaps a newline at its end"
    return 1
  fi
}
`;

/** How a password becomes part of a statement. */
export const sqlString = bash`
sql_string() { # TEXT
  local text
  text=$(printf '%s' "$1" | sed "s/['\\\\]/&&/g") && printf "'%s'" "$text"
}
`;
