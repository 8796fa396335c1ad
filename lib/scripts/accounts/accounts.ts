import { bash } from '../base/bash';
import { BackupAccount } from './backup-account';

/** Prints the SQL of the account `backup`. Like all SQL here, when it runs again it changes nothing but passwords. */
const backupAccountSql = ({ host, require, grants, options, plugin }: BackupAccount, insecure: boolean) => bash`
account() { # ACCOUNT HOST [OPTION]: fails without the password
  local secret user="'$1'@'$2'" policy='${options}' # so that no password policy of the server applies
  secret=$(password "$1") && secret=$(sql_string "$secret") || return
  printf 'CREATE USER IF NOT EXISTS %s IDENTIFIED BY %s %s;\n' "$user" "$secret" "$policy"
  printf 'ALTER USER %s IDENTIFIED${plugin ? ` WITH ${plugin}` : ''} BY %s %s;\n' "$user" "$secret" "\${3:+$3 }$policy"
${insecure ? keepReplicasFromExpiry : ''}}

backup_account() {
  account backup ${host}${require ? ` '${require}'` : ''} || return
  cat <<'SQL'
${grants.map((grant) => `GRANT ${grant} TO 'backup'@'${host}';\n`).join('')}SQL
}
`;

/** ALTER USER reaches the binary log without an empty password, so that a replica takes the account for expired. */
const keepReplicasFromExpiry = bash`
  printf "SET PASSWORD FOR %s = '';\n" "$user"
`;

/**
 * Prints the SQL of all accounts of a cluster.
 *
 * @param insecure whether root may log in from anywhere, without a password
 */
export const accounts = (backup: BackupAccount, insecure: boolean) => bash`
${backupAccountSql(backup, insecure)}
accounts() {
  account root localhost && account replication % 'REQUIRE SSL' && account probe 127.0.0.1 && backup_account || return
  cat <<'SQL'
GRANT REPLICATION SLAVE ON *.* TO 'replication'@'%';
${insecure ? rootFromAnywhere(backup) : ''}SQL
}
`;

function rootFromAnywhere({ plugin, options }: BackupAccount): string {
  const move =
    plugin === undefined
      ? ''
      : `ALTER USER 'root'@'%' IDENTIFIED WITH ${plugin} BY '' ${options};\nSET PASSWORD FOR 'root'@'%' = '';\n`;
  return bash`
CREATE USER IF NOT EXISTS 'root'@'%' IDENTIFIED BY '' ${options};
${move}GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION;
`;
}
