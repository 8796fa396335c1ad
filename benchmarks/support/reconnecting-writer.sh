#!/usr/bin/env bash
# Commits a row about 20 times a second through mysql-primary, and reconnects at once when a connection fails. Writes down
# "TIME CONNECTION" for each commit that the server acknowledged.
set -uo pipefail
journal=/tmp/commits pipe=/tmp/client
options=(--user=bench --host=mysql-primary --connect-timeout=1 --skip-reconnect --batch --skip-column-names --unbuffered)
trap '' PIPE     # a write to a client that has ended only fails
trap 'exit' TERM # bash as process 1 ignores it otherwise
exec {never}<> <(:)
rest() { read -rt "$1" -u "$never" _ || true; } # sleeps without starting a process

connection=0
mkfifo "$pipe.in" "$pipe.out"
while true; do
  mysql "${options[@]}" <"$pipe.in" >"$pipe.out" 2>/dev/null &
  client=$!
  connection=$((connection + 1))
  exec {to}>"$pipe.in" {from}<"$pipe.out"
  while { echo "INSERT INTO bench.gaps VALUES (); SELECT 'acked';" >&"$to"; } 2>/dev/null && read -rt 2 -u "$from" answer && [[ $answer = acked ]]; do
    echo "$EPOCHREALTIME $connection" >>"$journal"
    rest 0.05
  done
  exec {to}>&- {from}<&-
  kill -9 "$client" 2>/dev/null
  wait "$client" 2>/dev/null
  rest 0.05 # starting one client after the other would take the CPU from the server
done
