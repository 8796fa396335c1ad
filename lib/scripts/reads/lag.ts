import { bash } from '../base/bash';

export interface LagParameters {
  /** How far behind the primary a replica may be, in seconds. */
  readonly maxLag: number;
  /** Whether the server knows when the primary committed a transaction. */
  readonly commitTimestamps: boolean;
}

/** Defines `judge_lag`, the verdict on a connected replica, and `is_stale`, for one that is not. The script that includes it defines `sql` and `verdict`. */
export const lag = ({ maxLag, commitTimestamps }: LagParameters) => bash`
${commitTimestamps ? byCommit : bySecondsBehind}
note_close() { uptime >"$close"; }
is_stale() { (($(uptime) > $(cat "$close" 2>/dev/null || echo 0) + ${maxLag})); } # how far behind it is meanwhile, it cannot know

judge_lag() { # only while it is connected: without the primary there is nothing newer to read
  local behind
  behind=$(seconds_behind) || return 1
  if ((behind > ${maxLag})); then
    verdict lagging "more than ${maxLag} s behind $primary"
  else
    note_close
    verdict replicating "from $primary"
  fi
}
`;

const byCommit = bash`
seconds_behind() { # prints the age of the oldest transaction that this replica receives or applies; 0 when there is none
  sql <<'SQL'
SELECT FLOOR(GREATEST(IFNULL(UNIX_TIMESTAMP(NOW(6)) - MIN(NULLIF(committed, 0)), 0), 0)) FROM (
  SELECT UNIX_TIMESTAMP(QUEUEING_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP) AS committed FROM performance_schema.replication_connection_status WHERE CHANNEL_NAME = ''
  UNION ALL SELECT UNIX_TIMESTAMP(PROCESSING_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP) FROM performance_schema.replication_applier_status_by_coordinator WHERE CHANNEL_NAME = ''
  UNION ALL SELECT UNIX_TIMESTAMP(APPLYING_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP) FROM performance_schema.replication_applier_status_by_worker WHERE CHANNEL_NAME = '') AS in_progress;
SQL
}
`;

const bySecondsBehind = bash`
seconds_behind() { # both threads run, so it is a number
  sql --vertical -e 'SHOW SLAVE STATUS' | awk '$1 == "Seconds_Behind_Master:" { print $2 + 0 }'
}
`;
