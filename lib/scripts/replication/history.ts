import { bash } from '../base/bash';

/** The columns of the table of openings. The times are UTC. */
export const OPENINGS =
  'CREATE TABLE replicated_mysql.openings (number BIGINT UNSIGNED PRIMARY KEY, epoch CHAR(36) NOT NULL, opened DATETIME NOT NULL, executed LONGTEXT NOT NULL) ENGINE=InnoDB';

/**
 * Tells histories apart whose GTIDs are the same; a part of the sidecar. The numbers of GTIDs come again after RESET
 * BINARY LOGS AND GTIDS and after an older copy of a volume, so each opening of the primary is a row with a random epoch
 * and the GTIDs executed before it. Its transaction has the GTID `CLUSTER:NUMBER`, which a reset takes away and no commit
 * of a client brings back.
 */
export const history = bash`
find_openings() { # sets table to the table of openings, or to an empty one in its place on data of an earlier release
  table=replicated_mysql.openings
  [[ ! -e $data/.openings ]] || return 0
  query "(SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'replicated_mysql' AND TABLE_NAME = 'openings')" || return
  if ((found)); then touch "$data/.openings"; else table="(SELECT 0 AS number, '' AS epoch, NOW() AS opened, '' AS executed) AS openings"; fi
}

last_opening_in() { # GTIDS: sets last to the number of the last opening that is among them; 0 without one
  local gtids=$1 number
  last=0
  while [[ $gtids =~ $cluster:([0-9:-]+) ]]; do
    number=\${BASH_REMATCH[1]##*[:-]} gtids=\${gtids#*"\${BASH_REMATCH[0]}"}
    ((number <= last)) || last=$number
  done
}

read_compared() { # sets compared to EPOCH GTIDS: what was here when the primary last proved to be the right one
  { read -r compared <"$data/.compared"; } 2>/dev/null || compared='0: '
}

newer_epoch() { # EPOCH NUMBER: sets newest to that of the table, or that of the last connection, whose opening was received and is not applied yet
  local compared
  read_compared
  compared=\${compared%% *} newest=$1
  ((\${compared%%:*} <= \${1%%:*} || \${compared%%:*} > $2)) || newest=$compared
}

missing_here() { # EPOCH GTIDS: prints MISSING|SINCE: what of a peer's transactions is not of this history, and since when
  local number=\${1%%:*} table found # 0 for a peer that has seen no opening
  find_openings || return
  sql <<SQL
SELECT CONCAT(REPLACE(GTID_SUBTRACT('$2', IF(known, GTID_SUBTRACT(here, GTID_SUBTRACT(here, IFNULL(executed, here))), '')), '\n', ''), '|',
  IF(known, IFNULL(DATE_FORMAT(opened, '%Y-%m-%dT%TZ'), ''), 'unknown'))
FROM (SELECT here, opened, executed, (opening IS NULL OR GTID_SUBSET(opening, here)) -- else the binary logs were reset after it
    AND ($number = 0 OR EXISTS (SELECT 1 FROM $table WHERE number = $number AND epoch = '\${1#*:}')) AS known
  FROM (SELECT @@GLOBAL.gtid_executed AS here) AS now
  LEFT JOIN (SELECT CONCAT((SELECT MAX(id) FROM replicated_mysql.cluster), ':', number) AS opening, opened, executed
    FROM $table WHERE number > $number ORDER BY number LIMIT 1) AS following ON TRUE) AS compared;
SQL
}

was_reset() { # the last opening of the table has no GTID any more
  local last
  last_opening_in "$executed,$received"
  ((last < \${epoch%%:*}))
}

surplus_of() { # WHOM TRANSACTIONS SINCE: says what a history has that another lacks
  case $3 in
    '') echo "holds transactions that $1 lacks: $2" ;;
    unknown) echo "holds a history that $1 does not know: $2" ;;
    *) echo "holds transactions that $1 lacked when it opened at $3: $2" ;;
  esac
}
`;

/** Records openings; a part of the sidecar for the primary. */
export const recordOpening = bash`
record_opening() { # GTIDS: prints the SQL of one more opening; these were executed before it
  local table found last number earlier=$1
  find_openings || return
  last_opening_in "$executed"
  number=$(((last > \${epoch%%:*} ? last : \${epoch%%:*}) + 1))
  if [[ $table != replicated_mysql.openings ]]; then
    echo "SET GTID_NEXT = '$cluster:$number'; ${OPENINGS};"
    earlier+="\${earlier:+,}$cluster:$number" number=$((number + 1))
  fi
  cat <<SQL
SET GTID_NEXT = '$cluster:$number';
INSERT INTO replicated_mysql.openings VALUES ($number, '$(</proc/sys/kernel/random/uuid)', UTC_TIMESTAMP(), '$earlier');
SET GTID_NEXT = AUTOMATIC;
SQL
}
`;
