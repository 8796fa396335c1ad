import { SizeRoundingBehavior } from 'cdk8s';
import { ClonePluginOptions } from '../../options/clone-method';
import { COMPARED_BY_CLONES } from '../../options/settings';
import { MYSQL_PORT } from '../../names';
import { bash } from '../base/bash';
import { temporaryServer } from '../base/temporary-server';

/** The recipient's part of a clone by the CLONE plugin: defines `expect_clone` and `take`. */
export const receiveByClonePlugin = (options: ClonePluginOptions) => bash`
conf=/etc/mysql/conf.d

${temporaryServer}
kept_settings+='|${COMPARED_BY_CLONES.join('|')}|(early-)?plugin-load(-add)?|keyring-[a-z-]*' # as its donor has them
recipient_log=/tmp/recipient.log
recipient_room=100 # about how many MiB it takes
small_log=(--loose-innodb-redo-log-capacity=8M --loose-innodb-log-file-size=4M)

expect_clone() { # starts the recipient unless it runs, so that it is there by the time a donor is ready
  ! kill -0 "\${temporary_server:-}" 2>/dev/null || return 0
  rm -rf "$recipient"
  { make_database "$recipient" "\${small_log[@]}" && serve "$own_options" "$recipient" "\${small_log[@]}"; } &>"$recipient_log" &
  temporary_server=$!
}

start_recipient() {
  local code=0
  expect_clone
  if await_temporary_server; then return; fi
  wait "$temporary_server" || code=$?
  why="the temporary server did not start: $(errors_in "$recipient_log")"
  ((code != 137)) || why="the temporary server was killed, as for too little memory"
  return 1
}

end_recipient() {
  kill -KILL "$temporary_server"
  wait "$temporary_server" 2>/dev/null || true
  rm -rf "$recipient"
}

clone_statements() { # HOST
  local secret
  secret=$(password backup) && secret=$(sql_string "$secret") || return 1
  cat <<SQL
SET GLOBAL clone_valid_donor_list = '$1:${MYSQL_PORT}', clone_ssl_ca = '$donor_ca';
${settings(options)}CLONE INSTANCE FROM 'backup'@'$1':${MYSQL_PORT} IDENTIFIED BY $secret DATA DIRECTORY = '$staging' REQUIRE SSL;
SQL
}

cloned_gtids() { # fails unless the server itself says that the clone is complete
  local outcome
  outcome=$(on_temporary_server <<'SQL'
SELECT CONCAT(STATE, '|', REPLACE(GTID_EXECUTED, '\n', '')) FROM performance_schema.clone_status
SQL
  ) || return 1
  [[ $outcome = 'Completed|'* && ! -e "$staging/#clone/#status_in_progress" ]] && printf '%s' "\${outcome#*|}"
}

take() { # NAME CLUSTER SIZE ADDRESS: clones the server there into a complete directory in staging
  local gtids output=/tmp/recipient.out begin
  begin=$(uptime)
  ask_donor_ca "$1" "$4" || return 1
  start_recipient || return 1
  clone_statements "$1.$service" | on_temporary_server &>"$output" &
  if ! attend $! "$@"; then
    if grep -q ' 3634 ' "$output"; then # at once, so the next try may come soon
      rm -rf "$staging"
      why="$1 serves another clone"
      return 1
    fi
    why="the clone of $1 failed: $(tail -n 1 "$output"), with $(free_mib) MiB free on the volume"
    [[ ! -e $staging ]] || end_recipient # it would go on trying for minutes
    return 1
  fi
  gtids=$(cloned_gtids) || { why="the server does not say that the clone of $1 is complete"; return 1; }
  end_recipient
  finish "$1" "$2" "$gtids" "$begin"
}
`;

function settings({ parallel, compression, maxBandwidth }: ClonePluginOptions): string {
  return [
    parallel === undefined ? '' : `SET GLOBAL clone_autotune_concurrency = OFF, clone_max_concurrency = ${parallel};\n`,
    compression ? 'SET GLOBAL clone_enable_compression = ON;\n' : '',
    maxBandwidth === undefined
      ? ''
      : `SET GLOBAL clone_max_network_bandwidth = ${maxBandwidth.toMebibytes({ rounding: SizeRoundingBehavior.FLOOR })};\n`,
  ].join('');
}
