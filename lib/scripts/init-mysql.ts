import { Credentials } from '../options/credentials';
import { PEER_PORT } from '../names';
import { accounts } from './accounts/accounts';
import { BackupAccount } from './accounts/backup-account';
import { prepareCredentials } from './accounts/credentials';
import { password, sqlString } from './accounts/password';
import { bash, include } from './base/bash';
import { log } from './base/log';
import { role } from './base/role';
import { temporaryServer } from './base/temporary-server';
import { volume } from './base/volume';
import { adopting } from './initialize/adopting';
import { asking } from './peers/asking';

export interface InitMysqlParameters {
  /** Name of the headless Service, and of the StatefulSet. */
  readonly service: string;
  readonly credentials: Credentials;
  readonly serverIdBase: number;
  /** The account that clones are made with. */
  readonly backup: BackupAccount;
}

/** First init container: configures the server, and initializes the database of a new primary. */
export const initMysql = ({ service, credentials, serverIdBase, backup }: InitMysqlParameters) => bash`
${include(log, role(service), password, sqlString, volume, asking)}

conf=/mnt/conf.d server_id=$((${serverIdBase} + \${HOSTNAME##*-}))

${include(
  temporaryServer,
  accounts(backup, credentials.insecure),
  adopting({ insecure: credentials.insecure }),
  prepareCredentials(credentials),
)}

write_configuration() {
  printf '[mysqld]\nserver-id=%s\nreport-host=%s\n' "$server_id" "$HOSTNAME.$service" >"$conf/server-id.cnf"
  printf '[client]\nuser=root\nsocket=/var/run/mysqld/mysqld.sock\n' >"$conf/client.cnf"
  cp "/mnt/config-map/$role.cnf" "$conf/"
  say "$HOSTNAME is $(is_primary && echo the || echo a) $role, server-id $server_id"
}

policy_is() { [[ $(</mnt/config-map/initialize) = "$1" ]]; }
holds_unmarked_data() { ! is_empty "$data" && ! is_complete "$data"; }

refuse_unmarked_data() {
  local entry advice="Nothing was changed. If you do not need what is on it, empty the volume or delete the claim."
  for entry in "$volume"/*; do
    case \${entry##*/} in
      '*' | mysql | mysql.staging | mysql.replaced | mysql.before-adoption | lost+found) ;;
      *) refuse "the volume holds \${entry##*/}, which does not belong to this cluster. $advice" ;;
    esac
  done
  ! holds_unmarked_data || { policy_is adopt && ! is_complete "$staging"; } ||
    refuse "the volume holds a database that this cluster did not make or that is incomplete. $advice If it belongs to a" \
      "cluster like the tutorial's, set initialize to adopt."
}

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
  if (($(wc -w <<<"$all") < $(</mnt/config-map/replicas) - 1 && SECONDS < 60)); then
    why="DNS knows fewer peers than replicas are set; going on without them after 60 s"
    return 1
  fi
}

time_zones() { # as the image's own initialization loads them
  [[ ! -d /usr/share/zoneinfo ]] || { printf 'USE mysql;\n' && mysql_tzinfo_to_sql /usr/share/zoneinfo 2>/dev/null; }
}

identity() { # CLUSTER: prints the SQL that writes the id into the database, where every clone carries it
  printf "CREATE DATABASE IF NOT EXISTS replicated_mysql;
CREATE TABLE IF NOT EXISTS replicated_mysql.cluster (id CHAR(36) PRIMARY KEY) ENGINE=InnoDB;
REPLACE INTO replicated_mysql.cluster VALUES ('%s');\n" "$1"
}

initialize() { # all of it in staging, so that a kill leaves nothing
  local cluster begin=$SECONDS
  cluster=$(</proc/sys/kernel/random/uuid)
  mkdir "$staging"
  { make_database "$staging" && start_temporary_server "$staging"; } || refuse "the temporary server did not start; see the log above"
  { time_zones && accounts && identity "$cluster"; } | on_temporary_server
  end_temporary_server
  mark_complete "$staging" "origin=initialized on $HOSTNAME" "cluster=$cluster" "gtids="
  rename_staging
  say "initialized cluster $cluster in $((SECONDS - begin)) s"
}

write_configuration
refuse_unmarked_data
settle
prepare_credentials
if holds_unmarked_data; then
  if is_primary; then adopt; else put_aside; fi
fi
if is_complete "$data"; then
  say "the data directory is complete: $(mark origin), cluster $(mark cluster)"
elif ! is_primary; then
  say "the data directory is empty: clone-mysql will fill it"
elif policy_is fromReplica; then
  say "the data directory is empty: clone-mysql will restore it from a replica"
else
  policy_is ifEmpty ||
    refuse "the volume is empty, and initialize is set to $(</mnt/config-map/initialize). For a new cluster, set it to ifEmpty. $lost_primary"
  until peers_hold_no_data; do
    report "not initialized yet: $why"
    pause 1
  done
  say "no peer holds data: initializing a new database"
  initialize
fi
`;
