import { bash } from '../base/bash';

/**
 * Executes the SQL of the prop `initialize`; a part of init-mysql. It is in the ConfigMap, so that a change of it restarts
 * no pod, and always a part of the script for the same reason.
 *
 * @param otherEngines the storage engines in which it may create no table
 */
export const ownSql = (otherEngines: string) => bash`
as_root() { # executes the SQL on standard input, after the accounts are made
  mysql --defaults-file=<(login root) --default-character-set=utf8mb4 --batch --socket="$temporary_socket"
}

execute_own_sql() { # CLUSTER: all of it succeeds in staging, or nothing is initialized
  local sql=/mnt/config-map/initialize.sql
  [[ -s $sql ]] || return 0
  start_temporary_server "$own_options" "$staging" --disabled-storage-engines=${otherEngines} ||
    refuse "the temporary server did not start; see the log above"
  as_root <"$sql" || refuse "the SQL of initialize failed; see the error above. Nothing of it is kept: correct it, apply, and delete this pod"
  { accounts && identity "$1"; } | as_root # undoes what it may have done to them
  end_temporary_server
  say "executed the SQL of initialize"
}
`;
