import { READS_LABEL } from '../../names';
import { bash } from '../base/bash';

export interface ReadsLabelParameters {
  /** Name of the Service for reads. */
  readonly readService: string;
  /** Whether the primary serves reads while no replica is ready. */
  readonly fallBackToPrimary: boolean;
}

/** Defines `keep_reads_label`, which never ends: replicas serve reads; the primary, if it may, when no replica is ready. */
export const readsLabel = ({ readService, fallBackToPrimary }: ReadsLabelParameters) => bash`
api() { # METHOD PATH [BODY]: prints what the API server answers; the token is in no argument
  curl --silent --show-error --fail --max-time 5 --cacert /mnt/api/ca.crt --request "$1" "https://kubernetes.default.svc$2" \
    --config <(printf 'header = "Authorization: Bearer %s"\n' "$(cat /mnt/api/token)") \
    --header 'Content-Type: application/merge-patch+json' \${3:+--data "$3"}
}

${fallBackToPrimary ? replicasInReads(readService) : ''}set_reads_label() { # again and again: somebody may have changed it
  serves='no reads'
  local value='"true"'${fallBackToPrimary ? ' replicas' : ''}
  if is_primary; then
    ${fallBackToPrimary ? 'replicas=$(replicas_in_reads) || return 1\n    ((!replicas)) || value=null' : 'value=null'}
  fi
  [[ $value = null ]] || serves=reads
  api PATCH "/api/v1/namespaces/$(cat /mnt/api/namespace)/pods/$HOSTNAME/status" "{\"metadata\":{\"labels\":{\"${READS_LABEL}\":$value}}}" >/dev/null
}

keep_reads_label() {
  local serves again # in seconds
  while true; do
    again=5
    if ! set_reads_label 2>"$reads_log"; then
      report "cannot set the label ${READS_LABEL} of $HOSTNAME: $(tail -n 1 "$reads_log")"
    else
      [[ $reported = "serves $serves" ]] || report "serves $serves"
      ${fallBackToPrimary ? 'is_primary || again=60' : 'again=60'}
    fi
    pause "$again"
  done
}
`;

const replicasInReads = (readService: string) => bash`
replicas_in_reads() { # prints how many other instances ${readService} leads to; each begins with its addresses
  api GET "/apis/discovery.k8s.io/v1/namespaces/$(cat /mnt/api/namespace)/endpointslices?labelSelector=kubernetes.io/service-name=${readService}" |
    awk -v RS='"addresses":' -v this="\"name\": *\"$HOSTNAME\"" 'NR > 1 && /"ready": *true/ && $0 !~ this { count++ } END { print count + 0 }'
}

`;
