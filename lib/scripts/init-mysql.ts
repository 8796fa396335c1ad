import { BackupAccount } from './accounts/backup-account';
import { accounts } from './accounts/accounts';
import { adopting, AdoptingParameters } from './initialize/adopting';
import { bash } from './base/bash';
import { log } from './base/log';
import { password, sqlString } from './accounts/password';
import { peers } from './peers/peers';
import { temporaryServer } from './base/temporary-server';
import { volume } from './base/volume';

export interface InitMysqlParameters extends AdoptingParameters {
  /** Statements that make the credentials available, or wait for them. */
  readonly credentials: string;
  readonly serverIdBase: number;
  readonly backup: BackupAccount;
}

/** First init container: the server's configuration, and on the primary the first initialization. */
export const initMysql = (p: InitMysqlParameters) => bash`
${log}${password}${sqlString}${volume}${peers(p.service)}
conf=/mnt/conf.d server_id=$((${p.serverIdBase} + ordinal))
${temporaryServer}${accounts(p.backup, p.insecure)}${adopting(p)}
write_configuration() {
  printf '[mysqld]\nserver-id=%s\nreport-host=%s\n' "$server_id" "$HOSTNAME.$service" >"$conf/server-id.cnf"
  printf '[client]\nuser=root\nsocket=/var/run/mysqld/mysqld.sock\n' >"$conf/client.cnf"
  cp "/mnt/config-map/$role.cnf" "$conf/"
  say "$HOSTNAME is $([[ $role = primary ]] && echo the primary || echo a replica), server-id $server_id"
}

${p.credentials}
policy_is() { [[ $(</mnt/config-map/initialize) = "$1" ]]; }
holds_unmarked_data() { ! is_empty "$data" && ! is_complete "$data"; }

refuse_unmarked_data() {
  local entry advice="It was left as it is. Empty the volume, or delete the claim, if nothing in it is needed."
  for entry in "$volume"/*; do
    case \${entry##*/} in
      '*' | mysql | mysql.staging | mysql.replaced | mysql.before-adoption | lost+found) ;;
      *) refuse "the volume holds \${entry##*/}, which is not of this cluster. $advice" ;;
    esac
  done
  ! holds_unmarked_data || { policy_is adopt && ! is_complete "$staging"; } ||
    refuse "the volume holds a database that this cluster did not make or that is not whole. $advice If it is of a cluster" \
      "like the tutorial's, set initialize to adopt."
}

lost_primary="Else bring the volume of $HOSTNAME back (from its old PersistentVolume or a snapshot), or set initialize to fromReplica, \
which takes the copy of the replica that has every transaction: in the app, or by \
kubectl patch configmap $service --patch '{\"data\":{\"initialize\":\"fromReplica\"}}' && kubectl delete pod $HOSTNAME"

peers_hold_no_data() { # true once DNS is sure and every peer has said so itself; else why has the reason
  local all address answer name theirs cluster
  all=$(peers) || { why="DNS does not know $HOSTNAME.$service as $POD_IP (yet)"; return 1; }
  for address in $all; do
    answer=$(ask "$address") || { why="the peer at $address does not answer on port $peer_port"; return 1; }
    IFS='|' read -r _ name theirs cluster _ <<<"$answer"
    [[ $theirs = empty ]] || refuse "this volume is empty, but $name holds data of cluster $cluster: a new database would" \
      "not be the one that was lost. If no data is needed, delete the claims of all pods. $lost_primary"
  done
  [[ $(</mnt/config-map/podManagementPolicy) = Parallel ]] || return 0 # else none of them starts before this pod is ready
  if (($(wc -w <<<"$all") < $(</mnt/config-map/replicas) - 1 && SECONDS < 60)); then
    why="fewer peers are in DNS than replicas are set; goes on without them after 60 s"
    return 1
  fi
}

time_zones() { # as the image's own initialization does it
  [[ ! -d /usr/share/zoneinfo ]] || { printf 'USE mysql;\n' && mysql_tzinfo_to_sql /usr/share/zoneinfo 2>/dev/null; }
}

identity() { # CLUSTER: its id in the database, which every clone carries
  printf "CREATE DATABASE IF NOT EXISTS replicated_mysql;
CREATE TABLE IF NOT EXISTS replicated_mysql.cluster (id CHAR(36) PRIMARY KEY) ENGINE=InnoDB;
REPLACE INTO replicated_mysql.cluster VALUES ('%s');\n" "$1"
}

initialize() { # all of it in staging, so that a kill leaves nothing
  local cluster begin=$SECONDS
  cluster=$(</proc/sys/kernel/random/uuid)
  mkdir "$staging"
  { make_database "$staging" && start_temporary_server "$staging"; } || refuse "there is no temporary server; the log above has the cause"
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
  if [[ $role = primary ]]; then adopt; else put_aside; fi
fi
if is_complete "$data"; then
  say "the data directory is complete: $(mark origin), cluster $(mark cluster)"
elif [[ $role = replica ]]; then
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
