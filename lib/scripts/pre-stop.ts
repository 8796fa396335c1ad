import { Words } from '../options/version/facts';
import { bash } from './base/bash';
import { password } from './accounts/password';

export interface PreStopParameters {
  /** How long the server goes on as before, in seconds. */
  readonly seconds: number;
  /** How long a replica may then apply what it has received, in seconds. */
  readonly applying: number;
  readonly words: Words;
}

/**
 * Runs before the server gets its TERM: first clients learn that the pod goes; then a replica applies what it has
 * received, since at its next start relay_log_recovery throws away the rest, and the primary may be lost by then.
 */
export const preStop = ({ seconds, applying, words }: PreStopParameters) => bash`
set -euo pipefail
${password}
sql() { mysql --defaults-file=<(login root) --socket=/var/run/mysqld/mysqld.sock --batch --skip-column-names; }
sleep ${seconds}
((\${HOSTNAME##*-})) || exit 0
sql <<<'${words.stop} IO_THREAD'
sql <<'SQL'
SELECT WAIT_FOR_EXECUTED_GTID_SET(RECEIVED_TRANSACTION_SET, ${applying})
FROM performance_schema.replication_connection_status JOIN performance_schema.replication_applier_status USING (CHANNEL_NAME)
WHERE CHANNEL_NAME = '' AND RECEIVED_TRANSACTION_SET <> '' AND replication_applier_status.SERVICE_STATE = 'ON'
SQL
`;
