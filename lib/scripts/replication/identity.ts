import { bash } from '../base/bash';
import { OPENINGS } from './history';

/** The database that tells clusters and histories apart: defines `identity`. Every clone carries it along. */
export const identity = bash`
identity() { # CLUSTER: prints the SQL that writes the id of the cluster into its database
  printf "CREATE DATABASE IF NOT EXISTS replicated_mysql;
CREATE TABLE IF NOT EXISTS replicated_mysql.cluster (id CHAR(36) PRIMARY KEY) ENGINE=InnoDB;
${OPENINGS.replace('CREATE TABLE', 'CREATE TABLE IF NOT EXISTS')};
REPLACE INTO replicated_mysql.cluster VALUES ('%s');\n" "$1"
}
`;

/** Brings that database back, for whoever drops every database drops this one; a part of the sidecar. */
export const keepIdentity = bash`
${identity}
keep_identity() { # as SQL on the volume of the open primary
  local rows
  [[ $epoch != "\${kept_epoch-}" ]] || return 0
  rows=$(sql -e "SELECT CONCAT('REPLACE INTO replicated_mysql.openings VALUES (', number, ', ', QUOTE(epoch), ', ', QUOTE(opened), ', ', QUOTE(executed), ');')
    FROM replicated_mysql.openings ORDER BY number") && remember .identity.sql "$(identity "$cluster")"$'\n'"$rows" && kept_epoch=$epoch
}

lacks_identity() { [[ $found = *'ERROR 1049 '* || $found = *'ERROR 1146 '* ]]; } # its database, or a table of it, does not exist

put_back_identity() { # by a commit, like those of the clients that may write now
  local found
  query '@@GLOBAL.super_read_only' || return
  if ! is_primary; then
    report "somebody dropped the database replicated_mysql, which $primary puts back"
  elif ((found)); then
    verdict closed "somebody dropped the database replicated_mysql. Put it back: SET GLOBAL super_read_only = OFF; SET sql_log_bin = 0; SOURCE /var/lib/mysql/.identity.sql; SET GLOBAL super_read_only = ON"
  else
    sql <"$data/.identity.sql" && say "somebody dropped the database replicated_mysql: it is back"
  fi
}
`;
