import { bash } from './bash';

/** How an instance takes a clone of a peer into the staging directory; `service` is the headless Service. */
export const cloning = (service: string) => bash`
primary=${service}-0
ordinal=\${HOSTNAME##*-}

donors() { # addresses in the order of preference: the predecessor, the other replicas, the primary
  local all first last
  all=$(peers) || return 1
  first=$(resolve "${service}-$((ordinal - 1)).$service" || true)
  last=$(resolve "$primary.$service" || true)
  printf '%s\n' "$first" "$(grep -vxF -e "$first" -e "$last" <<<"$all" || true)" "$last" | awk 'NF && !seen[$0]++'
}

progress() { # PID NAME SIZE: a line every 10 s; ends a stream that stands still for 5 minutes
  local received before=-1 still=0 begin=$SECONDS
  while pause 10; do
    received=$(du -sb "$staging" | cut -f 1)
    say "cloning from $2: $((received >> 20)) of about $(($3 >> 20)) MiB in $((SECONDS - begin)) s"
    still=$((received == before ? still + 10 : 0)) before=$received
    ((still < 300)) || { say "nothing came for 5 minutes: giving up"; kill "$1"; return; }
  done
}

room_for() { # BYTES: and a tenth more
  (($1 * 11 / 10 >> 20 < $(free_mib))) && return
  why="too little room for a clone of $(($1 >> 20)) MiB beside what is there: $(free_mib) MiB are free. Grow the claim data-$HOSTNAME"
  ! is_complete "$data" || why+=", or give up its old copy: delete the claim and the pod"
  return 1
}

says() { grep -qx "$2" "$staging/$1" 2>/dev/null; } # FILE LINE: XtraBackup's own word on the backup

receive() { # NAME SIZE: the stream on descriptor 3 into staging; whole only when the backup says so itself
  local stream reporter
  mkdir "$staging" || { why="cannot make $staging"; return 1; }
  xbstream -x -C "$staging" <&3 &
  stream=$!
  progress "$stream" "$1" "$2" &
  reporter=$!
  wait "$stream" || stream=broken
  kill "$reporter" 2>/dev/null || true
  [[ $stream != broken ]] || { why="the stream from $1 ended early: xbstream failed, with $(free_mib) MiB free on the volume"; return 1; }
  if ! says xtrabackup_checkpoints 'backup_type = full-backuped' || ! says xtrabackup_info 'partial = N'; then
    why="the stream from $1 ended early"
    return 1
  fi
}

prepare() { # makes the files of staging a data directory at one point in time
  local output=$staging/prepare.log
  xtrabackup --prepare --target-dir="$staging" &>"$output" &
  if ! wait $! || ! says xtrabackup_checkpoints 'backup_type = full-prepared'; then
    why="xtrabackup --prepare failed: $(tail -n 3 "$output")"
    return 1
  fi
}

recorded_gtids() { # the third column, which goes on over more lines when there are several UUIDs
  [[ ! -f $staging/xtrabackup_binlog_info ]] || awk -F '\t' 'NR == 1 { print $3 } NR > 1' "$staging/xtrabackup_binlog_info" | tr -d '\n'
}

take() { # NAME CLUSTER SIZE: what follows on descriptor 3 becomes a complete directory in staging
  local gtids begin=$SECONDS
  receive "$1" "$3" || return 1
  say "received in $((SECONDS - begin)) s: preparing"
  prepare || return 1
  gtids=$(recorded_gtids) || { why="cannot read the GTIDs that the backup recorded"; return 1; }
  rm -f "$staging"/xtrabackup_* "$staging"/{backup-my.cnf,prepare.log}
  complete_staging "origin=cloned from $1" "cluster=$2" "gtids=$gtids" || { why="cannot mark the clone as complete"; return 1; }
  say "the clone of $1 is whole after $((SECONDS - begin)) s"
}

clone_from() { # ADDRESS: the donor begins once this pod has seen that there is room
  local word name cluster size
  rm -rf "$staging"
  ask "$1" >/dev/null || { why="$1 does not answer"; return 1; } # within a bound, unlike the connection that follows
  request "$1" clone || { why="$1 does not answer"; return 1; }
  IFS='|' read -r -t 30 word name cluster size <&3 || { why="$1 does not answer the request for a clone"; return 1; }
  [[ $word = stream ]] || { why=\${name:-$1 denied the request}; return 1; }
  if is_wanted "$name" "$cluster" && room_for "$size" && begin_stream; then
    say "cloning from $name: about $((size >> 20)) MiB of cluster $cluster"
    take "$name" "$cluster" "$size" && return
  fi
  exec 3<&- # tells the donor to stop
  [[ ! -e $staging ]] || pause 10 # each try costs the donor a copy of everything
  return 1
}

is_wanted() { # NAME CLUSTER: an old copy is only replaced by one of the same cluster
  ! is_complete "$data" || [[ $2 = "$(mark cluster)" ]] || { why="$1 is of another cluster, $2"; return 1; }
}

begin_stream() { (printf 'go\n' >&3) 2>/dev/null || { why="the donor has gone"; return 1; }; } # in a process of its own for SIGPIPE

primary_is_open() { # and of the cluster of the old copy: else that copy may be the last
  local answer cluster mode
  answer=$(ask "$primary.$service") || { why="$primary does not answer"; return 1; }
  IFS='|' read -r _ _ _ cluster mode _ <<<"$answer"
  [[ $cluster = "$(mark cluster)" && $mode = open ]] || { why="$primary is not open, or of another cluster ($cluster)"; return 1; }
}

clone_from_any() { # else why has the reason of each donor
  local all donor reasons=''
  ! is_complete "$data" || primary_is_open || return 1
  all=$(donors) || { why="DNS does not know $HOSTNAME.$service as $POD_IP (yet)"; return 1; }
  for donor in $all; do
    if clone_from "$donor"; then return; fi
    reasons+="\${reasons:+; }$why"
  done
  why=\${reasons:-there is no other pod}
  return 1
}
`;
