import { Statements } from '../options/version/facts';
import { password } from './accounts/password';
import { bash, include } from './base/bash';
import { role } from './base/role';
import { runFiles } from './base/run';
import { SESSION } from './base/session';

export interface PreStopParameters {
  /** Name of the headless Service, and of the StatefulSet. */
  readonly service: string;
  /** How long the server goes on as before, in seconds. */
  readonly seconds: number;
  /** How long a replica may then apply what it has received, in seconds. The primary needs less. */
  readonly applying: number;
  /** The statements of the server's version. */
  readonly statements: Statements;
}

/**
 * Runs before the server gets its TERM. First clients learn that the pod goes. Then a replica applies what it has
 * received: at its next start, relay_log_recovery discards the rest, and by then the primary may be lost. The primary
 * sends what it has committed. Whatever fails here, the TERM comes.
 */
export const preStop = ({ service, seconds, applying, statements }: PreStopParameters) => bash`
set -euo pipefail

${include(role(service), password, runFiles('socket', 'stopping'))}

sql() { # SECONDS: a server that hangs is not waited for
  timeout "$1" mysql --defaults-file=<(login root) ${SESSION} \
    --socket="$socket" --batch --skip-column-names
}

apply_what_was_received() {
  sql 10 <<<'${statements.stop} IO_THREAD'
  sql ${applying + 10} <<'SQL'
SELECT WAIT_FOR_EXECUTED_GTID_SET(RECEIVED_TRANSACTION_SET, ${applying})
FROM performance_schema.replication_connection_status JOIN performance_schema.replication_applier_status USING (CHANNEL_NAME)
WHERE CHANNEL_NAME = '' AND RECEIVED_TRANSACTION_SET <> '' AND replication_applier_status.SERVICE_STATE = 'ON'
SQL
}

sending() { # prints how many replicas have not been sent everything yet
  sql 5 <<'SQL'
SELECT COUNT(*) FROM performance_schema.threads
WHERE PROCESSLIST_COMMAND LIKE 'Binlog Dump%' AND IFNULL(PROCESSLIST_STATE, '') NOT LIKE '%has sent all binlog%'
SQL
}

send_what_was_committed() { # then keeps receivers away: mysqld waits ten seconds for those that come back
  local left
  touch "$stopping"
  sql ${closing(applying) + 1} <<<'SET SESSION lock_wait_timeout = ${closing(applying)}; SET GLOBAL super_read_only = ON' # waits for commits
  for _ in {1..${2 * closing(applying)}}; do
    sleep 0.5 # also when nobody seems to be sending: a sender may not have noticed the last commit yet
    left=$(sending)
    [[ $left != 0 ]] || { sql 5 <<<'SET GLOBAL offline_mode = ON'; return; }
  done
  echo "$left replicas were not sent everything: they stay connected until mysqld ends" >&2
  return 1
}

sleep ${seconds}
if is_primary; then send_what_was_committed; else apply_what_was_received; fi
`;

/** Of two steps, which together take no longer than a replica may. */
const closing = (applying: number) => Math.min(5, Math.floor(applying / 2));
