import { PEER_PORT } from '../../names';
import { bash } from '../base/bash';
import { identity } from '../replication/identity';
import { ownSql } from './own-sql';

/**
 * Decides whether an empty primary may initialize a database, and initializes it; a part of init-mysql.
 *
 * @param initFile whether a server that initializes executes every statement of an init file
 * @param otherEngines the storage engines that the cluster does not have
 */
export const emptyPrimary = (initFile: boolean, otherEngines: string) => bash`
lost_primary="Otherwise bring back the volume of $HOSTNAME (from its old PersistentVolume or a snapshot), or set initialize to \
fromReplica, which clones the replica that has every transaction: in the app, or by \
kubectl patch configmap $service --patch '{\"data\":{\"initialize\":\"fromReplica\"}}' && kubectl delete pod $HOSTNAME"

peers_hold_no_data() { # succeeds once DNS is sure and every peer has said so itself; else why has the reason
  local all address
  all=$(peers) || { why="DNS does not resolve $HOSTNAME.$service to $POD_IP yet"; return 1; }
  for address in $all; do
    ask_state "$address" || { why="the peer at $address does not answer on port ${PEER_PORT}"; return 1; }
    [[ $peer_holds = empty ]] ||
      refuse "this volume is empty, but $peer_name holds data of cluster $peer_cluster: a new database would not replace" \
        "the lost one. If you need none of the data, delete the claims of all pods. $lost_primary"
  done
  [[ $(</mnt/config-map/podManagementPolicy) = Parallel ]] || return 0 # else no peer starts before this pod is ready
  if (($(wc -w <<<"$all") < $(</mnt/config-map/replicas) - 1 && $(uptime) - started < 60)); then
    why="DNS knows fewer peers than replicas are set; going on without them after 60 s"
    return 1
  fi
}

time_zones() { # as the image's own initialization loads them
  [[ ! -d /usr/share/zoneinfo ]] || { printf 'USE mysql;\n' && mysql_tzinfo_to_sql /usr/share/zoneinfo 2>/dev/null; }
}

${identity}
${initFile ? inOneStart : onTemporaryServer}
${ownSql(otherEngines)}
initialize() { # all of it in staging, so that a kill leaves nothing
  local cluster begin
  begin=$(uptime)
  cluster=$(</proc/sys/kernel/random/uuid)
  mkdir "$staging"
  make_contents "$cluster"
  execute_own_sql "$cluster"
  mark_complete "$staging" "origin=initialized on $HOSTNAME" "cluster=$cluster" "gtids="
  rename_staging
  say "initialized cluster $cluster in $(($(uptime) - begin)) s"
}
`;

/** By one server, which initializes and executes the statements. It stops at the first that fails, and then fails itself. */
const inOneStart = bash`
proof=/tmp/initialized

prove() { # the last statement: the server writes the cluster id that it holds into a file
  printf "SELECT id FROM replicated_mysql.cluster INTO OUTFILE '%s';\n" "$proof"
}

make_contents() { # CLUSTER: fills staging. The statements, which contain the passwords, come through a pipe
  rm -f "$proof"
  { time_zones && accounts && identity "$1" && prove; } |
    make_database "$staging" --init-file=/dev/stdin --secure-file-priv= || refuse "mysqld did not initialize the database; see the log above"
  [[ $(cat "$proof") = "$1" ]] || refuse "mysqld did not execute all statements of the first initialization; see the log above"
}
`;

/** By three: one initializes, and one executes the statements. */
const onTemporaryServer = bash`
make_contents() { # CLUSTER: fills staging
  { make_database "$staging" && start_temporary_server "$own_options" "$staging"; } ||
    refuse "the temporary server did not start; see the log above"
  { time_zones && accounts && identity "$1"; } | on_temporary_server
  end_temporary_server
}
`;
