import { bash } from './bash';

/** A server for the length of one task. The script that includes it defines `conf`, where the server's options are. */
export const temporaryServer = bash`
role=replica
((ordinal)) || role=primary
temporary_socket=/tmp/temporary.sock

start_temporary_server() { # DATADIR [OPTION...]: makes a database there, and a server without network and binary log: what it writes has no GTID
  local server=("--defaults-file=$conf/$role.cnf" "--datadir=$1" "--socket=$temporary_socket" --pid-file=/tmp/temporary.pid
    --skip-log-bin --read-only=OFF --super-read-only=OFF "\${@:2}")
  mysqld "\${server[@]}" --initialize-insecure || return 1
  mysqld "\${server[@]}" --skip-networking --loose-mysqlx=OFF &
  temporary_server=$!
  until mysqladmin --no-defaults --socket="$temporary_socket" ping &>/dev/null; do
    kill -0 "$temporary_server" 2>/dev/null || return 1
    pause 0.2
  done
}

on_temporary_server() { # standard input: SQL
  mysql --no-defaults --default-character-set=utf8mb4 --batch --skip-column-names --user=root --socket="$temporary_socket"
}
`;
