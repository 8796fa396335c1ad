import { bash } from '../base/bash';

export interface LagParameters {
  /** How far behind the primary a replica may be, in seconds. */
  readonly maxLag: number;
  /** Whether the server knows when the primary committed a transaction. */
  readonly commitTimestamps: boolean;
}

/** Defines `judge_lag`, the verdict on a connected replica, and `is_stale`, for one that is not. The script that includes it defines `query`, `sql` and `verdict`. */
export const lag = ({ maxLag, commitTimestamps }: LagParameters) => bash`
${commitTimestamps ? byCommit : bySecondsBehind}
note_close() {
  local now
  look_at_clock
  printf '%s\n' "$now" >"$close"
}

is_stale() { # how far behind it is meanwhile, it cannot know
  local now last=0
  look_at_clock
  { read -r last <"$close"; } 2>/dev/null || true
  ((now > last + ${maxLag}))
}

judge_lag() { # only while it is connected: without the primary there is nothing newer to read
  local found
  seconds_behind || return 1
  if ((found > ${maxLag})); then
    verdict lagging "more than ${maxLag} s behind $primary$standstill"
  else
    note_close
    verdict replicating "from $primary$standstill"
  fi
}
`;

const byCommit = bash`
seconds_behind() { # sets found to the age of the oldest transaction that this replica receives or applies; 0 when there is none
  local now='UNIX_TIMESTAMP(NOW(6))' of="FROM performance_schema.replication" channel="WHERE CHANNEL_NAME = ''"
  query "FLOOR($now - LEAST($now,
  IFNULL((SELECT NULLIF(UNIX_TIMESTAMP(QUEUEING_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP), 0) \${of}_connection_status $channel), $now),
  IFNULL((SELECT NULLIF(UNIX_TIMESTAMP(PROCESSING_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP), 0) \${of}_applier_status_by_coordinator $channel), $now),
  IFNULL((SELECT MIN(NULLIF(UNIX_TIMESTAMP(APPLYING_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP), 0)) \${of}_applier_status_by_worker $channel), $now)))"
}
`;

const bySecondsBehind = bash`
seconds_behind() { # both threads run, so it is a number
  found=$(sql --vertical -e 'SHOW SLAVE STATUS' | awk '$1 == "Seconds_Behind_Master:" { print $2 + 0 }')
}
`;
