import { bash } from '../base/bash';

export interface AdoptingParameters {
  /** Whether root may log in from anywhere, without a password. */
  readonly insecure: boolean;
}

/** Takes over a volume of a cluster without marks and GTIDs, such as the tutorial's; a part of init-mysql. */
export const adopting = ({ insecure }: AdoptingParameters) => bash`
sign_of_incompleteness() { # prints why the data directory is incomplete; fails if there is no sign
  if [[ -e $data/xtrabackup_checkpoints ]] && ! grep -qx 'backup_type = full-prepared' "$data/xtrabackup_checkpoints"; then
    echo "according to xtrabackup_checkpoints it is a clone that was not prepared"
  elif [[ -e $data/xtrabackup_logfile && ! -e $data/xtrabackup_checkpoints ]]; then
    echo "according to xtrabackup_logfile it is a part of a clone"
  elif [[ ! -e $data/auto.cnf ]]; then
    echo "no server has ever run on it: it is a part of an initialization or of a clone"
  else
    return 1
  fi
}

# ---- a replica: its rows have no GTIDs, so it takes a new clone

primary_is_adopted() { # else why has the reason
  ask_primary || {
    why="it does not answer. If its pod is still the old one: kubectl delete pod -l app=$service"
    return 1
  }
  [[ $peer_holds = complete && $peer_mode = open ]] || { why="it is not open"; return 1; }
}

put_aside() {
  local state
  [[ ! -e $kept ]] ||
    refuse "the volume holds two databases without this cluster's mark, mysql and \${kept##*/}. Delete the one you do not need"
  until primary_is_adopted; do
    report "waiting until $primary is adopted, and changing nothing before: $why"
    pause 30 # each question makes the tutorial's primary begin a backup
    follow_secret
  done
  state=$(sign_of_incompleteness) || state="complete as far as one can see"
  mv -T "$data" "$kept" && flush "$volume"
  say "the old copy ($state) is kept as \${kept##*/}, $(du -sm "$kept" | cut -f 1) MiB: clone-mysql takes a new clone"
}

# ---- the primary: proved complete, then marked

old_log() { # prints the option that names the binary log the server wrote last: with it, crash recovery is right
  find "$data" -maxdepth 1 -name '*.index' ! -name '*relay*' -printf '%T@ %f\n' | sort -n | sed -n '$s/^[^ ]* \(.*\)\.index$/--log-bin=\1/p'
}

signs_of_use() { # prints how many signs there are that the first start was finished
  on_temporary_server <<'SQL'
SELECT (SELECT COUNT(*) FROM mysql.user WHERE User = 'root' AND Host = '%') + (SELECT COUNT(*) FROM information_schema.SCHEMATA
  WHERE SCHEMA_NAME NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys'));
SQL
}

other_engines() { # prints the tables that are neither cloned nor recovered safely
  on_temporary_server <<'SQL'
SELECT CONCAT(TABLE_SCHEMA, '.', TABLE_NAME, ' (', ENGINE, ')') FROM information_schema.TABLES
WHERE TABLE_TYPE = 'BASE TABLE' AND ENGINE <> 'InnoDB' AND TABLE_SCHEMA NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys');
SQL
}

checks() { # prints a CHECK TABLE for each table
  on_temporary_server <<'SQL'
SELECT CONCAT('CHECK TABLE \`', REPLACE(TABLE_SCHEMA, '\`', '\`\`'), '\`.\`', REPLACE(TABLE_NAME, '\`', '\`\`'), '\`;')
FROM information_schema.TABLES WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA NOT IN ('information_schema', 'performance_schema');
SQL
}

database_is_complete() { # the one of the temporary server; else why has the reason
  local found
  why="cannot query its accounts"
  found=$(signs_of_use) || return 1
  why="its first start was not finished: it has neither root@'%' nor a database"
  ((found)) || return 1
  why="cannot query its tables"
  found=$(other_engines) || return 1
  why="only InnoDB tables replicate safely. Start the old cluster again, and ALTER TABLE ... ENGINE = InnoDB: \${found//$'\n'/, }"
  [[ -z $found ]] || return 1
  why="CHECK TABLE failed; see the log above"
  found=$(checks) && found=$(on_temporary_server <<<"$found") || return 1
  found=$(awk -F '\t' 'tolower($3) == "error"' <<<"$found")
  why="CHECK TABLE found errors: $found"
  [[ -z $found ]]
}

give_identity() { # CLUSTER: accounts and the cluster id, kept out of the binary log
  {
    echo "SET sql_log_bin = 0; FLUSH PRIVILEGES;" && accounts &&
      echo "GRANT ALL ON *.* TO 'root'@'localhost' WITH GRANT OPTION;" &&
      identity "$1"${insecure ? '' : ` &&\n      echo "ALTER USER IF EXISTS 'root'@'%' ACCOUNT LOCK;"`}
  } | on_temporary_server
}

adopt() {
  local why log cluster begin advice="Nothing was changed. Mend this, bring back a volume that is complete, or apply the old manifest again."
  begin=$(uptime)
  if why=$(sign_of_incompleteness); then refuse "the database on this volume is incomplete: $why. $advice"; fi
  say "adopting the database on this volume: its server recovers it and checks every table"
  log=$(old_log)
  # Without grant tables, no password and no scheduled event interferes. A database that is refused must stay unchanged.
  start_temporary_server "$conf/$role.cnf" "$data" --skip-grant-tables --gtid-mode=OFF "--server-id=$server_id" "--tmpdir=$temporary" \${log:+"$log"} \
    --loose-upgrade=NONE --loose-binlog-expire-logs-seconds=0 --loose-expire-logs-days=0 ||
    refuse "no server of this version starts with these settings on the database of this volume; see the log above. $advice"
  if ! database_is_complete; then
    end_temporary_server || true # CHECK TABLE may have ended it
    refuse "the database on this volume is not adopted: $why. $advice"
  fi
  cluster=$(on_temporary_server <<<'SELECT id FROM replicated_mysql.cluster' 2>/dev/null) || true # from a killed attempt
  cluster=\${cluster:-$(</proc/sys/kernel/random/uuid)}
  give_identity "$cluster"
  end_temporary_server
  mark_complete "$data" "origin=adopted on $HOSTNAME" "cluster=$cluster" "gtids="
  say "adopted as cluster $cluster after $(($(uptime) - begin)) s"
}
`;
