import { READS_LABEL, ROLE_LABEL, STATE_LABEL } from '../../names';
import { bash } from '../base/bash';

export interface LabelsParameters {
  /** Name of the Service for reads. */
  readonly readService: string;
  /** Whether the primary serves reads while no replica is ready. */
  readonly fallBackToPrimary: boolean;
}

/**
 * Defines `keep_labels`, which never ends: the labels of this pod. By one of them it serves reads: replicas always; the
 * primary, if it may, when no replica is ready. The others tell people its role and the state of its verdict.
 */
export const labels = ({ readService, fallBackToPrimary }: LabelsParameters) => bash`
api() { # METHOD PATH [BODY]: prints what the API server answers; the token is in no argument
  curl --silent --show-error --fail --max-time 5 --cacert /mnt/api/ca.crt --request "$1" "https://kubernetes.default.svc$2" \
    --config <(printf 'header = "Authorization: Bearer %s"\n' "$(cat /mnt/api/token)") \
    --header 'Content-Type: application/merge-patch+json' \${3:+--data "$3"}
}

${fallBackToPrimary ? replicasInReads(readService) : ''}choose_reads() { # sets serves, and reads to the value of its label
  serves=reads reads='"true"'
  is_primary || return 0
${fallBackToPrimary ? '  local replicas\n  replicas=$(replicas_in_reads) || return 1\n  ((replicas)) || return 0\n' : ''}  serves='no reads' reads=null
}

set_labels() { # LABELS: when they are new, and once a minute, for somebody may have changed them
  [[ $1 != "$written" ]] || ((now >= again)) || return 0
  api PATCH "/api/v1/namespaces/$(cat /mnt/api/namespace)/pods/$HOSTNAME/status" "{\"metadata\":{\"labels\":{$1}}}" >/dev/null || return 1
  written=$1 again=$((now + 60))
}

keep_labels() {
  local now serves reads state='' seen shown='' written='' again=0
  while true; do
    seen=$state
    { read -r state <"$status"; } 2>/dev/null || state='(down)'
    state=\${state#*(} state=\${state%%)*}
    [[ $state != "$seen" ]] || shown=$state # one that passes is not shown
    look_at_clock
    if ! { choose_reads && set_labels "\"${READS_LABEL}\":$reads,\"${ROLE_LABEL}\":\"$role\"\${shown:+,\"${STATE_LABEL}\":\"$shown\"}"; } 2>"$reads_log"; then
      report "cannot set the labels of $HOSTNAME: $(tail -n 1 "$reads_log")"
    elif [[ $reported != "serves $serves" ]]; then
      report "serves $serves"
    fi
    pause 5
  done
}
`;

const replicasInReads = (readService: string) => bash`
replicas_in_reads() { # prints how many other instances ${readService} leads to; each begins with its addresses
  api GET "/apis/discovery.k8s.io/v1/namespaces/$(cat /mnt/api/namespace)/endpointslices?labelSelector=kubernetes.io/service-name=${readService}" |
    awk -v RS='"addresses":' -v this="\"name\": *\"$HOSTNAME\"" 'NR > 1 && /"ready": *true/ && $0 !~ this { count++ } END { print count + 0 }'
}

`;
