import { READY_PORT } from '../../names';
import { bash } from '../base/bash';

export interface LagParameters {
  /** The longest time that a replica may apply nothing while transactions wait, in seconds. */
  readonly maxStandstill: number;
  /** The furthest that a replica may be behind the primary, in seconds; undefined where there is no bound. */
  readonly maxLag?: number;
  /** The server knows when the primary committed a transaction. */
  readonly commitTimestamps: boolean;
  /** Nobody but replicas serves reads: then one that is too far behind goes on while no other has more. */
  readonly neverFromPrimary: boolean;
}

/**
 * Defines `judge_lag`, the verdict on a connected replica, and with a bound `is_stale`, for one that is not. The script
 * that includes it defines `query`, `sql`, `verdict` and `look_for_standstill`.
 */
export const lag = ({ maxStandstill, maxLag, commitTimestamps, neverFromPrimary }: LagParameters) => bash`
${maxLag === undefined ? '' : bound(maxLag, commitTimestamps)}${neverFromPrimary ? another : ''}judge_lag() { # only while it is connected: without the primary there is nothing newer to read
  local ${maxLag === undefined ? '' : 'found '}standing standstill too_far=''
  look_for_standstill || return 1
  ((standing < ${maxStandstill})) || too_far="behind $primary"
${maxLag === undefined ? '' : tooFar(maxLag)}  if [[ ! $too_far ]]; then
${maxLag === undefined ? '' : '    note_close\n'}    verdict replicating "from $primary$standstill"
${neverFromPrimary ? goesOn : ''}  else
    verdict lagging "$too_far$standstill"
  fi
}
`;

const bound = (maxLag: number, commitTimestamps: boolean) => bash`
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

`;

const tooFar = (maxLag: number) => bash`
  seconds_behind || return 1
  ((found <= ${maxLag})) || too_far="more than ${maxLag} s behind $primary"
`;

const another = bash`
another_has_more() { # succeeds if a replica that is ready has applied what is missing here
  local all address found
  all=$(peers) || return
  for address in $all; do
    ask_state "$address" && [[ $peer_name != "$primary" ]] && only_in "$peer_executed" "$executed" && [[ $found ]] &&
      listens "$address" ${READY_PORT} && return
  done
  return 1
}

`;

const goesOn = bash`
  elif ! another_has_more; then
    verdict replicating "$too_far$standstill, but no other replica that is ready has more"
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
seconds_behind() { # both threads run, so Seconds_Behind_Master is a number; it is column 33, and no name is printed
  found=$(sql -e "SHOW SLAVE STATUS FOR CHANNEL ''" | awk -F '\t' '{ print $33 + 0 }')
}
`;
