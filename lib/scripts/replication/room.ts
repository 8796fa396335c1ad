import { bash } from '../base/bash';

/** Keeps a reserve on the volume, and the server closed while there is no room for it; a part of the sidecar. */
export const room = bash`
has_room() { # measures every 10 s, for that costs a process
  local now
  look_at_clock
  if ((now >= next_measure)); then
    next_measure=$((now + 10))
    ! measure_room || measured=yes
    [[ -d $reserve ]] || is_full || make_reserve || true
  fi
  ! is_full
}

make_reserve() { # of random bytes, which take their room on every file system
  local file
  rm -rf "$reserve.new"
  mkdir "$reserve.new" || return
  for file in {1..16}; do head -c 3M /dev/urandom >"$reserve.new/$file" || return; done
  mv -T "$reserve.new" "$reserve"
}

purge_what_is_safe() { # on a server that has started on the reserve, so that nothing writes
  local found
  own_state || return
  IFS='|' read -r _ _ _ cluster mode executed received _ epoch <<<"$found"
  if ! is_primary; then
    purge_own
  elif no_peer_objects; then
    purge_what_replicas_have
  else
    kept_logs=", and $why"
  fi
}

tend_full() {
  if [[ ! -e $socket ]]; then
    give_up_reserve || true
    verdict full "too little is free on the volume, and mysqld does not run. Grow the claim data-$HOSTNAME"
  elif [[ -d $reserve ]]; then
    verdict full "less than 16 MiB or 16 inodes are free on the volume, and mysqld waits for room. Grow the claim data-$HOSTNAME"
  else
    if lacks_room; then purge_what_is_safe || true; fi
    verdict full "mysqld runs on the reserve of a full volume and does no work until 64 MiB and 32 inodes are free: $free MiB are\${inodes:+, and $inodes inodes}\${kept_logs}. Grow the claim data-$HOSTNAME"
  fi
}
`;
