import { Credentials } from '../options/credentials';
import { accounts } from './accounts/accounts';
import { BackupAccount } from './accounts/backup-account';
import { prepareCredentials } from './accounts/credentials';
import { refuseOldAccounts } from './accounts/old-accounts';
import { password, sqlString } from './accounts/password';
import { bash, include } from './base/bash';
import { log } from './base/log';
import { role } from './base/role';
import { temporaryServer } from './base/temporary-server';
import { TEMPORARY_FILES, volume } from './base/volume';
import { waiting } from './base/waiting';
import { adopting } from './initialize/adopting';
import { emptyPrimary } from './initialize/empty-primary';
import { ownCopy } from './initialize/own-copy';
import { persistedSettings } from './initialize/persisted-settings';
import { unmarkedVolumes } from './initialize/unmarked-volumes';
import { asking } from './peers/asking';
import { CertificateParameters, prepareCertificate } from './tls/certificate';

export interface InitMysqlParameters {
  /** Name of the headless Service, and of the StatefulSet. */
  readonly service: string;
  readonly credentials: Credentials;
  readonly serverIdBase: number;
  /** A server that initializes executes every statement of an init file. */
  readonly initFile: boolean;
  /** The storage engines that the cluster does not have. */
  readonly otherEngines: string;
  /** The server has SET PERSIST. */
  readonly persists: boolean;
  /** Nobody can log in with an account on the plugin of older data. */
  readonly locksOldAccountsOut: boolean;
  /** The account that clones are made with. */
  readonly backup: BackupAccount;
  /** The Secret with the certificate of the server; undefined where the server makes its own. */
  readonly certificate?: CertificateParameters;
}

/** First init container: configures the server, and initializes the database of a new primary. */
export const initMysql = ({
  service,
  credentials,
  serverIdBase,
  initFile,
  otherEngines,
  persists,
  locksOldAccountsOut,
  backup,
  certificate,
}: InitMysqlParameters) => bash`
${include(log, waiting, role(service), password, sqlString, volume, asking)}

temporary=$volume/${TEMPORARY_FILES} # what the server writes for the length of a statement
conf=/mnt/conf.d server_id=$((${serverIdBase} + \${HOSTNAME##*-}))

${include(
  temporaryServer,
  accounts(backup, credentials._insecure),
  adopting({ insecure: credentials._insecure }),
  prepareCredentials(credentials),
  ...(certificate ? [prepareCertificate(certificate)] : []),
)}

empty_temporary() { # a server that crashed may have left something
  mkdir -p "$temporary" && find "$temporary" -mindepth 1 -delete
}

write_configuration() {
  printf '[mysqld]\nserver-id=%s\nreport-host=%s\n' "$server_id" "$HOSTNAME.$service" >"$conf/server-id.cnf"
  printf '[client]\nuser=root\nsocket=/var/run/mysqld/mysqld.sock\n' >"$conf/client.cnf"
  cp "/mnt/config-map/$role.cnf" "$conf/"
  say "$HOSTNAME is $(is_primary && echo the || echo a) $role, server-id $server_id"
}

${include(unmarkedVolumes, ownCopy, ...(locksOldAccountsOut ? [refuseOldAccounts] : []), ...(persists ? [persistedSettings] : []), emptyPrimary(initFile, otherEngines))}

leave_room_to_start() {
  local free room inodes
  measure_room || return 0
  ! is_full || give_up_reserve || true
}

is_peer_name "$HOSTNAME" ||
  refuse "$HOSTNAME is not a pod of $service, the name in its scripts. Set the prop name instead of renaming objects after synth, as namePrefix and nameSuffix of kustomize do"
[[ $POD_IP != *:* ]] ||
  refuse "the address of this pod is $POD_IP, and instances find each other by IPv4 alone. Use a Kubernetes cluster whose first IP family is IPv4"
write_configuration
refuse_unmarked_data
settle
empty_temporary
prepare_credentials
${certificate ? 'prepare_certificate\n' : ''}is_empty "$data" || warn_of_easy_password
if holds_unmarked_data; then
  if is_primary; then adopt; else put_aside; fi
fi
if is_complete "$data"; then
  say "the data directory is complete: $(mark origin), cluster $(mark cluster)"
${locksOldAccountsOut ? '  refuse_old_accounts\n' : ''}  own_copy
  leave_room_to_start
${persists ? '  warn_of_persisted_settings\n' : ''}elif ! is_primary; then
  say "the data directory is empty: clone-mysql will fill it"
elif policy_is fromReplica; then
  say "the data directory is empty: clone-mysql will restore it from a replica"
else
  policy_is ifEmpty ||
    refuse "the volume is empty, and initialize is set to $(</mnt/config-map/initialize). For a new cluster, set it to ifEmpty. $lost_primary"
  refuse_easy_password
  started=$(uptime)
  until peers_hold_no_data; do
    report "not initialized yet: $why"
    pause_since "$started"
    follow_secret
  done
  say "no peer holds data: initializing a new database"
  initialize
fi
`;
