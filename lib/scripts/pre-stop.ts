import { Statements } from '../options/version/facts';
import { password } from './accounts/password';
import { bash, include } from './base/bash';
import { role } from './base/role';

export interface PreStopParameters {
  /** Name of the headless Service, and of the StatefulSet. */
  readonly service: string;
  /** How long the server goes on as before, in seconds. */
  readonly seconds: number;
  /** How long a replica may then apply what it has received, in seconds. */
  readonly applying: number;
  /** The statements of the server's version. */
  readonly statements: Statements;
}

/**
 * Runs before the server gets its TERM. First clients learn that the pod goes. Then a replica applies what it has
 * received: at its next start, relay_log_recovery discards the rest, and by then the primary may be lost.
 */
export const preStop = ({ service, seconds, applying, statements }: PreStopParameters) => bash`
set -euo pipefail

${include(role(service), password)}

sql() { mysql --defaults-file=<(login root) --socket=/var/run/mysqld/mysqld.sock --batch --skip-column-names; }
sleep ${seconds}
! is_primary || exit 0
sql <<<'${statements.stop} IO_THREAD'
sql <<'SQL'
SELECT WAIT_FOR_EXECUTED_GTID_SET(RECEIVED_TRANSACTION_SET, ${applying})
FROM performance_schema.replication_connection_status JOIN performance_schema.replication_applier_status USING (CHANNEL_NAME)
WHERE CHANNEL_NAME = '' AND RECEIVED_TRANSACTION_SET <> '' AND replication_applier_status.SERVICE_STATE = 'ON'
SQL
`;
