import { bash } from './bash';
import { log } from './log';
import { password } from './password';
import { answerPeers, peers } from './peers';
import { volume } from './volume';

export interface CloneMysqlParameters {
  /** Name of the headless Service, and of the StatefulSet. */
  readonly service: string;
}

/** Second init container: fills a replica's volume from a healthy peer. */
export const cloneMysql = (p: CloneMysqlParameters) => bash`
${log}${password}${volume}${peers(p.service)}${answerPeers}
export data
ordinal=\${HOSTNAME##*-}
primary=${p.service}-0

state() { # what this pod tells its peers; see ask
  if [[ -f $data/.complete ]]; then
    printf 'state|%s|complete|%s|down|||\n' "$HOSTNAME" "$(mark cluster)"
  else
    printf 'state|%s|empty||down|||\n' "$HOSTNAME"
  fi
}
serve_clone() { printf 'refused|%s is waiting for a clone itself\n' "$HOSTNAME"; }

donors() { # addresses in the order of preference: the predecessor, the other replicas, the primary
  local all first last
  all=$(peers) || return 1
  first=$(resolve "${p.service}-$((ordinal - 1)).$service" || true)
  last=$(resolve "$primary.$service" || true)
  printf '%s\n' "$first" "$(grep -vxF -e "$first" -e "$last" <<<"$all" || true)" "$last" | awk 'NF && !seen[$0]++'
}

progress() { # PID NAME SIZE: a line every 10 s; ends a stream that stands still for 5 minutes
  local received before=-1 still=0
  while pause 10; do
    received=$(du -sb "$staging" | cut -f 1)
    say "cloning from $2: $((received >> 20)) of about $(($3 >> 20)) MiB in $SECONDS s"
    still=$((received == before ? still + 10 : 0)) before=$received
    ((still < 300)) || { say "nothing came for 5 minutes: giving up"; kill "$1"; return; }
  done
}

room_for() { # BYTES: and a tenth more
  local free
  free=$(df -B1 --output=avail "$volume" | tail -n 1)
  (($1 * 11 / 10 < free)) && return
  why="too little room for a clone of $(($1 >> 20)) MiB beside what is there: $((free >> 20)) MiB are free. Grow the claim of $HOSTNAME"
  ! is_complete "$data" || why+=", or give up its old copy: delete the claim and the pod"
  return 1
}

says() { grep -qx "$2" "$staging/$1" 2>/dev/null; } # FILE LINE: XtraBackup's own word on the backup

receive() { # NAME SIZE: the stream on descriptor 3 into staging; whole only when the backup says so itself
  local stream reporter
  rm -rf "$staging"
  mkdir "$staging"
  xbstream -x -C "$staging" <&3 &
  stream=$!
  progress "$stream" "$1" "$2" &
  reporter=$!
  wait "$stream" || stream=broken
  kill "$reporter" 2>/dev/null || true
  [[ $stream != broken ]] || { why="the stream from $1 ended early: xbstream failed"; return 1; }
  if ! says xtrabackup_checkpoints 'backup_type = full-backuped' || ! says xtrabackup_info 'partial = N'; then
    why="the stream from $1 ended early"
    return 1
  fi
}

prepare() { # makes the files of staging a data directory at one point in time
  local output=$staging/prepare.log
  if ! xtrabackup --prepare --target-dir="$staging" &>"$output" || ! says xtrabackup_checkpoints 'backup_type = full-prepared'; then
    why="xtrabackup --prepare failed: $(tail -n 3 "$output")"
    return 1
  fi
}

recorded_gtids() { # the third column, which goes on over more lines when there are several UUIDs
  [[ ! -f $staging/xtrabackup_binlog_info ]] || awk -F '\t' 'NR == 1 { print $3 } NR > 1' "$staging/xtrabackup_binlog_info" | tr -d '\n'
}

clone_from() { # ADDRESS
  local word name cluster size gtids begin=$SECONDS
  ask "$1" >/dev/null || { why="$1 does not answer"; return 1; } # within a bound, unlike the connection that follows
  request "$1" clone || { why="$1 does not answer"; return 1; }
  IFS='|' read -r -t 30 word name cluster size <&3 || { why="$1 does not answer the request for a clone"; return 1; }
  [[ $word = stream ]] || { why=\${name:-$1 denied the request}; return 1; }
  ! is_complete "$data" || [[ $cluster = "$(mark cluster)" ]] || { why="$name is of another cluster, $cluster"; return 1; }
  room_for "$size" || return 1
  say "cloning from $name: about $((size >> 20)) MiB of cluster $cluster"
  receive "$name" "$size" || return 1
  exec 3<&-
  say "received in $((SECONDS - begin)) s: preparing"
  prepare || return 1
  gtids=$(recorded_gtids) || { why="cannot read the GTIDs that the backup recorded"; return 1; }
  rm -f "$staging"/xtrabackup_* "$staging"/{backup-my.cnf,prepare.log}
  put_in_place "origin=cloned from $name" "cluster=$cluster" "gtids=$gtids" || { why="cannot put the clone in place"; return 1; }
  say "the clone of $name is in place after $((SECONDS - begin)) s"
}

primary_is_open() { # and of the cluster of the old copy: else that copy may be the last
  local answer cluster mode
  answer=$(ask "$primary.$service") || { why="$primary does not answer"; return 1; }
  IFS='|' read -r _ _ _ cluster mode _ <<<"$answer"
  [[ $cluster = "$(mark cluster)" && $mode = open ]] || { why="$primary is not open, or of another cluster ($cluster)"; return 1; }
}

clone_from_any() {
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

settle
if ((ordinal == 0)); then
  say "nothing to do: the primary is never a clone"
elif is_complete "$data" && [[ ! -e $data/.clone-again ]]; then
  say "nothing to do: the data directory is complete"
else
  ! is_complete "$data" || say "cloning again: $(<"$data/.clone-again")"
  listen &
  until clone_from_any; do
    report "no clone yet: $why"
    pause 1
  done
fi
`;
