#!/usr/bin/env bash
# Writes numbered rows through the primary and reads through mysql-read until it is stopped. It keeps a journal outside the
# database: "TIME tried C N" before a transaction, then "TIME acked C N" or "TIME failed C N ERROR", and for reads
# "TIME read START HOST UUID TORN C:COUNT:MAX:WRONG...", "TIME read-retried START ERROR", "TIME read-failed START ERROR".
# Reads over a connection that is held are "TIME held START HOST ...".
set -uo pipefail
journal=/journal
options=(--user=load --connect-timeout=2 --skip-reconnect --batch --skip-column-names --unbuffered)
trap '' PIPE             # a write to a client that has ended fails; it must not end the writer
# bash as process 1 ignores SIGTERM otherwise. Without the inner trap, kill 0 reaches bash itself, which runs the trap
# again until its stack is full.
trap 'trap "" TERM; kill 0; exit' TERM
exec {never}<> <(:)
rest() { read -rt "$1" -u "$never" _ || true; } # sleeps without starting a process
note() { printf '%s %s\n' "$EPOCHREALTIME" "${*//$'\n'/ }" >>"$file"; }

# ---- clients that are kept until they fail

connect() { # HOST
  mysql "${options[@]}" --host="$1" <"$pipe.in" >"$pipe.out" 2>&1 &
  client=$!
  exec {to}>"$pipe.in" {from}<"$pipe.out"
}

disconnect() {
  [[ $client ]] || return 0
  exec {to}>&- {from}<&-
  kill -9 "$client" 2>/dev/null
  wait "$client" 2>/dev/null
  client=''
}

# ---- writers

transaction() { # C N: inserts one row, and in every twentieth transaction 200 more of 1 KiB
  printf "BEGIN; INSERT INTO faults.numbers VALUES (%d, %d, SHA2('%d-%d', 256));" "$1" "$2" "$1" "$2"
  ((n % 20)) || printf "INSERT INTO faults.details WITH RECURSIVE s (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 200)
    SELECT %d, %d, i, REPEAT(SHA2(CONCAT_WS('-', %d, %d, i), 256), 16) FROM s;" "$1" "$2" "$1" "$2"
  printf "COMMIT; SELECT 'acked %d';\n" "$2"
}

commit() { # C N: leaves the client's last line in answer
  [[ $client ]] || connect mysql-0.mysql
  { transaction "$1" "$2" >&"$to"; } 2>/dev/null
  read -rt 8 -u "$from" answer
  (($? <= 128)) || answer='no answer in 8 s'
  [[ $answer = "acked $2" ]]
}

write() { # C
  local c=$1 n client='' to from answer pipe=/tmp/client-$1 file=$journal/writer-$1
  mkfifo "$pipe.in" "$pipe.out"
  touch "$file"
  n=$(awk '$2 == "tried" { n = $4 } END { print n + 0 }' "$file")
  while true; do
    if [[ -e $journal/pause ]]; then
      disconnect
      touch "$journal/idle-$c"
      while [[ -e $journal/pause ]]; do rest 0.1; done
      rm -f "$journal/idle-$c"
    fi
    note tried "$c" $((++n))
    if commit "$c" "$n"; then
      note acked "$c" "$n"
    else
      note failed "$c" "$n" "${answer:-connection lost}" # it may be committed all the same
      disconnect
      rest 0.8 # starting a client costs more than anything else here
    fi
    rest 0.2
  done
}

# ---- readers: each read takes a new connection, or all take one that is held

query="SELECT CONCAT_WS(' ', @@hostname, @@server_uuid,
  (SELECT COUNT(*) FROM faults.numbers x WHERE n % 20 = 0 AND n > (SELECT MAX(n) - 40 FROM faults.numbers y WHERE y.c = x.c) AND 200 <>
    (SELECT COUNT(*) FROM faults.details d WHERE d.c = x.c AND d.n = x.n AND payload = REPEAT(SHA2(CONCAT_WS('-', c, n, i), 256), 16))),
  (SELECT GROUP_CONCAT(CONCAT_WS(':', c, k, m, wrong) SEPARATOR ' ') FROM
    (SELECT c, COUNT(*) k, MAX(n) m, SUM(payload <> SHA2(CONCAT_WS('-', c, n), 256)) wrong FROM faults.numbers GROUP BY c) t))"

look() { # succeeds if the answer, one row, came
  answer=$(timeout 8 mysql "${options[@]}" --host=mysql-read --execute="$query" 2>&1)
  [[ $answer = mysql-* ]]
}

watch() { # R
  local answer start file=$journal/reader-$1
  while true; do
    start=$EPOCHREALTIME
    if look; then
      note read "$start" "$answer"
    else
      note read-retried "$start" "${answer:-timeout}"
      if look; then note read "$start" "$answer"; else note read-failed "$start" "${answer:-timeout}"; fi
    fi
    rest 0.8
  done
}

hold() { # R: reads over one connection for as long as it lasts, as the pool of an application does
  local start client='' to from answer pipe=/tmp/held-$1 file=$journal/reader-held-$1
  mkfifo "$pipe.in" "$pipe.out"
  while true; do
    [[ $client ]] || connect mysql-read
    start=$EPOCHREALTIME
    { printf '%s;\n' "$query" >&"$to"; } 2>/dev/null
    if read -rt 8 -u "$from" answer && [[ $answer = mysql-* ]]; then note held "$start" "$answer"; else disconnect; fi
    rest 0.8
  done
}

for c in $(seq "${WRITERS:?}"); do write "$c" & done
for r in $(seq "${READERS:?}"); do watch "$r" & hold "$r" & done
wait
