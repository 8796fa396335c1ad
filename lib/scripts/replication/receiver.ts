import { MYSQL_PORT } from '../../names';
import { Statements } from '../../options/version/facts';
import { bash } from '../base/bash';

/** The receiver of a replica: how it is configured, started and stopped; a part of the sidecar. */
export const receiver = (statements: Statements) => bash`
is_refused() { # ERROR: the primary does not want this account or this password, or lacks what the receiver asks for
  case $1 in
    1044 | 1045 | 1130 | 1227 | 1251 | 1396 | 1524 | 1698 | 1820 | 1862 | 2054 | 2058 | 2059 | 2061 | 3118 | 3159 | 3955) ;;
    1236 | 1593 | 131??) ;;
    *) return 1 ;; # whatever it is: there is nothing newer to get, so reads go on
  esac
}
stop_receiving() { [[ $io != ON && $io != CONNECTING ]] || { sql -e '${statements.stop} IO_THREAD' && io=OFF; }; }

configure_source() { # only when needed: a change discards what was received and not applied
  local host=$primary.$service verify=NO wanted configured
  [[ ! $named ]] || { host=$(long_name "$primary") && verify=YES; } || return 1
  wanted="$host|${MYSQL_PORT}|1|YES|$primary_ca|$verify|5|1"
  forget_donor || return 1
  configured=$(sql -e "SELECT CONCAT_WS('|', HOST, PORT, AUTO_POSITION, SSL_ALLOWED, SSL_CA_FILE, SSL_VERIFY_SERVER_CERTIFICATE, CONNECTION_RETRY_INTERVAL, CONNECTION_RETRY_COUNT)
    FROM performance_schema.replication_connection_configuration WHERE CHANNEL_NAME = ''") || return 1
  [[ $configured != "$wanted" ]] || return 0
  sql -e "${statements.stop}; ${statements.change} ${statements.source}_HOST = '$host', ${statements.source}_PORT = ${MYSQL_PORT}, ${statements.source}_AUTO_POSITION = 1,
    ${statements.source}_SSL = 1, ${statements.source}_SSL_CA = '$primary_ca', ${statements.source}_SSL_VERIFY_SERVER_CERT = $([[ $named ]] && echo 1 || echo 0), ${statements.source}_CONNECT_RETRY = 5, ${statements.source}_RETRY_COUNT = 1" || return 1
  threads='' # this has stopped both
  say "configured: replicates from $host by GTID\${named:+, and verifies its name}"
}

start_replication() { # PASSWORD: as it is at that moment
  local threads=IO_THREAD secret
  ((io_errno || applier_errno)) || threads='' # both threads after a start of the server; otherwise the applier stays as it is
  configure_source || return 1
  [[ -e $data/.replicating ]] || remember .replicating "from $primary" || return 1
  remember .compared "$peer_epoch $held" || return 1
  stop_receiving || return 1
  secret=$(password "$1") && secret=$(sql_string "$secret") || return 1
  sql <<<"${statements.start} $threads USER = 'replication' PASSWORD = $secret" || return 1
  say "starts to replicate from $primary, $([[ $executed ]] && echo "after $executed" || echo from the beginning)"
}

try_to_connect() { # sets tried_errno and tried_error; the certificate is there only meanwhile, so the receiver cannot come back to another primary by itself
  local failed='' password i
  tried_errno=0 tried_error=''
  if ! ask_certificate "$primary_address" "$primary_ca"; then
    tried_error='it does not show its certificate'
    return
  fi
  for password in replication replication-before; do # the primary may not have the new one yet
    start_replication "$password" || failed=yes
    for ((i = 0; i < 25 && !failed; i++)); do
      read_threads
      [[ $io = CONNECTING && $io_errno = 0 ]] || break
      pause 0.2
    done
    [[ ! $failed && $io_errno = 1045 && -e /mnt/credentials/replication-before-password ]] || break
  done
  rm -f "$primary_ca"
  [[ ! $failed ]] || return 1
  tried_errno=$io_errno tried_error=$io_error
  if [[ $io = ON ]]; then
    next_start=0
  else
    [[ $io != CONNECTING ]] || ((tried_errno)) || tried_errno=2013 tried_error='no answer within 5 s'
    stop_receiving
  fi
}
`;
