import { bash } from '../base/bash';

/** Gets a clone of a peer into the staging directory. The script that includes it defines `take`. */
export const cloning = bash`
donor_ca=/tmp/donor.pem # the CA of the donor's server, as the donor itself told it
slow_donor=/tmp/slow-donor
patience=30             # how many seconds a donor has to answer; ten times as many to go on

donors() { # prints addresses in the order of preference: the predecessor, the other replicas, the primary
  local all first last
  all=$(peers) || return 1
  first=$(resolve "$service-$((\${HOSTNAME##*-} - 1)).$service" || true)
  last=$(resolve "$primary.$service" || true)
  printf '%s\n' "$first" "$(grep -vxF -e "$first" -e "$last" <<<"$all" || true)" "$last" | awk 'NF && !seen[$0]++'
}

progress() { # PID NAME CLUSTER SIZE ADDRESS: logs a line every 10 s; ends a clone whose donor is gone, or is too slow
  local received before=-1 began moved said now gone=0 state
  began=$(uptime) moved=$began said=$began
  while pause 5; do
    now=$(uptime) state=''
    received=$(du -sb "$staging" 2>/dev/null | cut -f 1)
    if ((received != before)); then
      moved=$now gone=0
    elif listens "$5" "$peer_port"; then
      gone=0 state=", nothing for $((now - moved)) s, but $2 is still there"
    else
      gone=$((gone + 1)) state=", and $2 is not there"
    fi
    before=$received
    if ((now - said >= 10)); then
      said=$now
      say "cloning from $2: $((received >> 20)) of about $(($4 >> 20)) MiB in $((now - began)) s$state"
    fi
    ((gone < 3 && now - moved < 10 * patience)) || break
  done
  if ((gone == 3)); then
    say "$2 is gone: giving up"
  else
    say "nothing came for $((now - moved)) s: giving up"
    touch "$slow_donor"
  fi
  kill "$1"
}

attend() { # PID NAME CLUSTER SIZE ADDRESS: waits for the process that receives a clone; fails if it fails
  local reporter failed=''
  rm -f "$slow_donor"
  progress "$@" &
  reporter=$!
  wait "$1" || failed=yes
  kill "$reporter" 2>/dev/null || true
  [[ ! -e $slow_donor ]] || be_more_patient
  [[ ! $failed ]]
}

errors_in() { # LOG: prints why a program failed, in one line
  local lines
  lines=$(grep -m 5 -F '[ERROR]' "$1" || tail -n 3 "$1") && printf '%s\n' "\${lines//$'\n'/ }"
}

be_more_patient() { # a donor on a busy machine is slow, and each new try makes it slower
  ((patience >= 960)) || patience=$((patience * 2))
  say "from now on, a donor has $patience s to answer, and $((10 * patience)) s without a byte"
}

finish() { # NAME CLUSTER GTIDS BEGIN: marks what is in staging as a complete clone
  mark_complete "$staging" "origin=cloned from $1" "cluster=$2" "gtids=$3" || { why="cannot mark the clone as complete"; return 1; }
  say "the clone of $1 is complete after $(($(uptime) - $4)) s"
}

room_for() { # BYTES: and a tenth more
  local free room inodes
  measure_room || { why="cannot measure the room on the volume"; return 1; }
  ((($1 * 11 / 10 >> 20) + \${recipient_room:-0} < free)) && ! is_full && return
  why="too little room for a clone of $(($1 >> 20)) MiB: $free MiB\${inodes:+ and $inodes inodes} are free. Grow the claim data-$HOSTNAME"
  ! is_complete "$data" || why+=", or give up the old copy on it: delete the claim and the pod"
  [[ ! -e $kept ]] || why+=", or delete $kept"
  return 1
}

request_clone() { # ADDRESS: sets name, cluster and size of the offer; the conversation stays open
  local answer word code=0
  if ! listens "$1" "$peer_port" || ! ask "$1" state || ! request "$1" clone; then # at once where nothing listens, and within a bound where nobody answers
    why="$1 does not answer"
    return 1
  fi
  answer=$(hear clone) || code=$?
  case $code in
    0) ;;
    4) why="$1 denied the request"; return 1 ;;
    *)
      if ((code == 3)); then call_nonsense "$1"; else be_more_patient; fi
      why="$1 does not answer the request for a clone"
      return 1
      ;;
  esac
  IFS='|' read -r word name cluster size <<<"$answer"
  [[ $word != refused ]] || { why=$(printable "$name"); return 1; }
  if [[ $word != offer || ! $size =~ ^(0|[1-9][0-9]{0,15})$ ]] || ! is_peer_name "$name" || ! is_cluster_id "$cluster"; then
    call_nonsense "$1"
    why="$1 does not answer the request for a clone"
    return 1
  fi
}

clone_from() { # ADDRESS
  local name cluster size
  rm -rf "$staging"
  request_clone "$1" || return 1
  if is_wanted "$name" "$cluster" && room_for "$size"; then
    say "cloning from $name: about $((size >> 20)) MiB of cluster $cluster"
    take "$name" "$cluster" "$size" "$1" && return
    say "no clone from $name: $why" # the next donor may serve it, and then why is lost
  fi
  hang_up # tells the donor to stop
  [[ ! -e $staging ]] || pause 10 # each try costs the donor a copy of everything
  return 1
}

ask_donor_ca() { # NAME ADDRESS: a clone, and the password for it, go over TLS, with the server of this CA only
  ask_certificate "$2" "$donor_ca" && return
  why="$1 does not tell the CA of its server"
  return 1
}

is_wanted() { # NAME CLUSTER: only a clone of the same cluster may replace an old copy
  ! is_complete "$data" || [[ $2 = "$(mark cluster)" ]] || { why="$1 belongs to another cluster, $2"; return 1; }
}

primary_is_open() { # and of the cluster of the old copy: otherwise that copy may be the last one
  ask_primary || { why="$primary does not answer"; return 1; }
  [[ $peer_cluster = "$(mark cluster)" && $peer_mode = open ]] ||
    { why="$primary is not open, or belongs to another cluster ($peer_cluster)"; return 1; }
}

clone_from_any() { # else why has the reason of each donor
  local all donor reasons=''
  ! is_complete "$data" || primary_is_open || return 1
  all=$(donors) || { why="DNS does not resolve $HOSTNAME.$service to $POD_IP yet"; return 1; }
  for donor in $all; do
    if clone_from "$donor"; then return; fi
    reasons+="\${reasons:+; }$why"
  done
  why=\${reasons:-there is no other pod}
  return 1
}
`;
