import { bash } from '../base/bash';

export interface LagParameters {
  /** How far a replica may be behind, in seconds. */
  readonly maxLag: number;
  /** Whether the server knows when a transaction was committed on the primary. */
  readonly commitTimestamps: boolean;
}

/** Defines `judge_lag`, the verdict on a replica that is connected. The script that includes it defines `sql` and `verdict`. */
export const lag = ({ maxLag, commitTimestamps }: LagParameters) => bash`
${commitTimestamps ? byCommit : bySecondsBehind}
judge_lag() { # only while it is connected: without the primary there is nothing newer to read
  local behind
  behind=$(seconds_behind) || return 1
  if ((behind > ${maxLag})); then
    verdict unready "more than ${maxLag} s behind $primary"
  else
    verdict ready "replicating from $primary"
  fi
}
`;

const byCommit = bash`
seconds_behind() { # the age of the oldest transaction that is on its way into this replica; 0 when there is none
  sql <<'SQL'
SELECT FLOOR(GREATEST(IFNULL(UNIX_TIMESTAMP(NOW(6)) - MIN(NULLIF(committed, 0)), 0), 0)) FROM (
  SELECT UNIX_TIMESTAMP(QUEUEING_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP) AS committed FROM performance_schema.replication_connection_status WHERE CHANNEL_NAME = ''
  UNION ALL SELECT UNIX_TIMESTAMP(PROCESSING_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP) FROM performance_schema.replication_applier_status_by_coordinator WHERE CHANNEL_NAME = ''
  UNION ALL SELECT UNIX_TIMESTAMP(APPLYING_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP) FROM performance_schema.replication_applier_status_by_worker WHERE CHANNEL_NAME = '') AS in_progress;
SQL
}
`;

const bySecondsBehind = bash`
seconds_behind() { # asked while both threads run, so it is a number
  sql --vertical -e 'SHOW SLAVE STATUS' | awk '$1 == "Seconds_Behind_Master:" { print $2 + 0 }'
}
`;
