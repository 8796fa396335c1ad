import { bash } from './bash';
import { SESSION } from './session';

/**
 * Runs a server without network for the length of one task. The script that includes it defines `conf`, the directory
 * of the server's options, and `role`.
 */
export const temporaryServer = bash`
temporary_socket=/tmp/temporary.sock

temporary_options=("--defaults-file=$conf/$role.cnf" "--socket=$temporary_socket" --pid-file=/tmp/temporary.pid
  --skip-log-bin --read-only=OFF --super-read-only=OFF) # without a binary log, what it writes has no GTID

make_database() { mysqld "\${temporary_options[@]}" "--datadir=$1" "\${@:2}" --initialize-insecure; } # DATADIR [OPTION...]

start_temporary_server() { # DATADIR [OPTION...]
  mysqld "\${temporary_options[@]}" "--datadir=$1" "\${@:2}" --skip-networking --loose-mysqlx=OFF &
  temporary_server=$!
  until mysqladmin --no-defaults --socket="$temporary_socket" ping &>/dev/null; do
    kill -0 "$temporary_server" 2>/dev/null || return 1
    pause 0.2
  done
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
