import { OF_DATA_DIRECTORIES } from '../../options/settings';
import { bash } from './bash';
import { SESSION } from './session';

/**
 * Runs a server without network for the length of one task. The script that includes it defines `conf`, the directory
 * of the server's options, and `role`.
 */
export const temporaryServer = bash`
temporary_socket=/tmp/temporary.sock
temporary_options=("--socket=$temporary_socket" --pid-file=/tmp/temporary.pid
  --skip-log-bin --read-only=OFF --super-read-only=OFF) # without a binary log, what it writes has no GTID

# Servers that are thrown away have options of their own. They sync nothing: what they leave is synced as a whole before
# it is marked.
own_options=/tmp/temporary.cnf
kept_settings='${OF_DATA_DIRECTORIES.join('|')}'

write_own_options() {
  {
    printf '[mysqld]\n'
    printf '%s\n' innodb-buffer-pool-size=64M innodb-log-buffer-size=1M max-connections=10 table-open-cache=100 table-definition-cache=400 \
      innodb-doublewrite=OFF innodb-flush-log-at-trx-commit=0 innodb-flush-method=nosync loose-innodb-numa-interleave=OFF
    sed -nE "/^(loose-)?($kept_settings)=/p" "$conf/$role.cnf"
  } >"$own_options"
}

make_database() { # DATADIR [OPTION...]
  write_own_options && mysqld "--defaults-file=$own_options" "\${temporary_options[@]}" "--datadir=$1" "\${@:2}" --initialize-insecure
}

serve() { # OPTION_FILE DATADIR [OPTION...]: replaces this process by the server
  # A server that was killed, perhaps in another container, has left its lock, and here another process may have its number.
  rm -f "$temporary_socket"* &&
    exec mysqld "--defaults-file=$1" "\${temporary_options[@]}" "--datadir=$2" "\${@:3}" --skip-networking --loose-mysqlx=OFF
}

await_temporary_server() { # fails if it ends instead
  until mysqladmin --no-defaults --socket="$temporary_socket" ping &>/dev/null; do
    kill -0 "$temporary_server" 2>/dev/null || return 1
    pause 0.2
  done
}

start_temporary_server() { # OPTION_FILE DATADIR [OPTION...]
  serve "$@" &
  temporary_server=$!
  await_temporary_server
}

end_temporary_server() { # logs in as root, who has a password by now
  mysqladmin --defaults-file=<(login root) --socket="$temporary_socket" shutdown
  wait "$temporary_server"
}

on_temporary_server() { # executes the SQL on standard input
  mysql --no-defaults ${SESSION} \
    --batch --skip-column-names --user=root --socket="$temporary_socket"
}
`;
