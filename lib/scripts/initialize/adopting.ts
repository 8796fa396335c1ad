import { bash } from '../base/bash';

export interface AdoptingParameters {
  /** Name of the headless Service. */
  readonly service: string;
  /** Whether root may log in from anywhere, without a password. */
  readonly insecure: boolean;
}

/** How an instance takes over a volume of a cluster without marks and GTIDs, such as the tutorial's; a part of init-mysql. */
export const adopting = ({ service, insecure }: AdoptingParameters) => bash`
half() { # says what shows that the data directory is not whole; fails if nothing does
  if [[ -e $data/xtrabackup_checkpoints ]] && ! grep -qx 'backup_type = full-prepared' "$data/xtrabackup_checkpoints"; then
    echo "xtrabackup_checkpoints says that it is a clone which was not prepared"
  elif [[ -e $data/xtrabackup_logfile && ! -e $data/xtrabackup_checkpoints ]]; then
    echo "xtrabackup_logfile says that it is a part of a clone"
  elif [[ ! -e $data/auto.cnf ]]; then
    echo "no server has ever run on it: it is a part of an initialization, or of a clone"
  else
    return 1
  fi
}

# ---- a replica: its rows have no GTIDs, so it takes a new copy

primary_is_adopted() { # else why has the reason
  local answer holds mode
  answer=$(ask "${service}-0.$service") || {
    why="it does not answer. If its pod is still the old one: kubectl delete pod -l app=${service}"
    return 1
  }
  IFS='|' read -r _ _ holds _ mode _ <<<"$answer"
  [[ $holds = complete && $mode = open ]] || { why="it is not open for writes"; return 1; }
}

put_aside() {
  local what
  [[ ! -e $kept ]] || refuse "the volume holds two databases without our mark, mysql and \${kept##*/}. Delete the one that is not needed"
  until primary_is_adopted; do
    report "waiting for ${service}-0 to be adopted before anything is done here: $why"
    pause 30 # whoever asks the tutorial's primary has it begin a backup
  done
  what=$(half) || what="nothing shows that it is not whole"
  mv -T "$data" "$kept" && flush "$volume"
  say "the old copy ($what) is kept as \${kept##*/}, $(du -sm "$kept" | cut -f 1) MiB: clone-mysql takes a new one"
}

# ---- the primary: proved whole, then marked

old_log() { # the option of the binary log which the server wrote last: with it, it finishes what a crash has left
  find "$data" -maxdepth 1 -name '*.index' ! -name '*relay*' -printf '%T@ %f\n' | sort -n | sed -n '$s/^[^ ]* \(.*\)\.index$/--log-bin=\1/p'
}

signs_of_use() { # how many: of a first start that was finished
  on_temporary_server <<'SQL'
SELECT (SELECT COUNT(*) FROM mysql.user WHERE User = 'root' AND Host = '%') + (SELECT COUNT(*) FROM information_schema.SCHEMATA
  WHERE SCHEMA_NAME NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys'));
SQL
}

other_engines() { # tables that are neither cloned nor recovered safely
  on_temporary_server <<'SQL'
SELECT CONCAT(TABLE_SCHEMA, '.', TABLE_NAME, ' (', ENGINE, ')') FROM information_schema.TABLES
WHERE TABLE_TYPE = 'BASE TABLE' AND ENGINE <> 'InnoDB' AND TABLE_SCHEMA NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys');
SQL
}

checks() { # a statement for each table
  on_temporary_server <<'SQL'
SELECT CONCAT('CHECK TABLE \`', REPLACE(TABLE_SCHEMA, '\`', '\`\`'), '\`.\`', REPLACE(TABLE_NAME, '\`', '\`\`'), '\`;')
FROM information_schema.TABLES WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA NOT IN ('information_schema', 'performance_schema');
SQL
}

is_whole() { # the temporary server's database; else why has the reason
  local found
  why="cannot ask for its accounts"
  found=$(signs_of_use) || return 1
  why="its first start was not finished: it has neither root@'%' nor a database"
  ((found)) || return 1
  why="cannot ask for its tables"
  found=$(other_engines) || return 1
  why="only tables of InnoDB are replicated safely. Start the old cluster again, and ALTER TABLE ... ENGINE = InnoDB: \${found//$'\n'/, }"
  [[ -z $found ]] || return 1
  why="CHECK TABLE failed, and the log above has the cause"
  found=$(checks) && found=$(on_temporary_server <<<"$found") || return 1
  found=$(awk -F '\t' 'tolower($3) == "error"' <<<"$found")
  why="CHECK TABLE found errors: $found"
  [[ -z $found ]]
}

give_identity() { # accounts and the cluster's id, without a trace in the binary log
  { echo "SET sql_log_bin = 0; FLUSH PRIVILEGES;" && accounts && echo "GRANT ALL ON *.* TO 'root'@'localhost' WITH GRANT OPTION;" && identity "$1"${insecure ? '' : ` && echo "ALTER USER IF EXISTS 'root'@'%' ACCOUNT LOCK;"`}; } | on_temporary_server
}

adopt() {
  local why log cluster begin=$SECONDS advice="It was left as it is. Mend that, bring back a volume that is whole, or apply the old manifest again."
  if why=$(half); then refuse "the database on this volume is not whole: $why. $advice"; fi
  say "adopting the database on this volume: its server recovers it, and checks every table"
  log=$(old_log)
  # Without grant tables neither a password nor an event of the scheduler is in the way. What is refused must stay as it is.
  start_temporary_server "$data" --skip-grant-tables --gtid-mode=OFF "--server-id=$server_id" \${log:+"$log"} \
    --loose-upgrade=NONE --loose-binlog-expire-logs-seconds=0 --loose-expire-logs-days=0 ||
    refuse "no server of this version, with these settings, starts on the database of this volume: the log above has the cause. $advice"
  if ! is_whole; then
    end_temporary_server || true # CHECK TABLE may have been its end
    refuse "the database on this volume is not adopted: $why. $advice"
  fi
  cluster=$(on_temporary_server <<<'SELECT id FROM replicated_mysql.cluster' 2>/dev/null) || true # of an attempt that was killed
  cluster=\${cluster:-$(</proc/sys/kernel/random/uuid)}
  give_identity "$cluster"
  end_temporary_server
  mark_complete "$data" "origin=adopted on $HOSTNAME" "cluster=$cluster" "gtids="
  say "adopted as cluster $cluster after $((SECONDS - begin)) s"
}
`;
