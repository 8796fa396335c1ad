import { bash } from './bash';

/**
 * The directory of temporary files on the volume. Its name is hidden so that earlier releases, which refuse a volume with
 * what they do not know, accept it after a rollback.
 */
export const TEMPORARY_FILES = '.temporary';

/** The directories of the volume, and the steps between their states; docs/architecture.md draws these. */
export const volume = bash`
volume=/mnt/data
data=$volume/mysql                 # absent, empty or complete; the only one that the mysql container mounts
staging=$volume/mysql.staging      # a data directory that is being built
recipient=$volume/mysql.recipient  # the data of a temporary server whose only task is to take a clone
replaced=$volume/mysql.replaced    # an old data directory whose successor is complete
kept=$volume/mysql.before-adoption # the old data directory of an adopted replica, for a person to delete
reserve=$volume/.reserve           # 48 MiB in 16 files, which a server that starts on a full volume gets

is_complete() { [[ -f $1/.complete ]]; }
measure_room() { # sets free to the MiB that are free of room, and inodes to how many files more fit; empty where they need no inode each
  local all
  { read -r && read -r free room all inodes; } < <(df -BM --output=avail,size,itotal,iavail "$volume") || return
  free=\${free%M} room=\${room%M}
  [[ $all = [1-9]* ]] || inodes=''
}
is_full() { # as measured; with room for the reserve, too, unless it is there
  local files=0
  [[ -d $reserve ]] || files=16
  ((free < 16 + 3 * files || \${inodes:-32} < 16 + files))
}
give_up_reserve() { # on a full volume, as measured; mysqld writes its list of binary logs before it starts
  [[ -d $reserve ]] && rm -r "$reserve" && measure_room &&
    say "gave up the reserve of the full volume so that mysqld can start: $free MiB are free. Grow the claim data-$HOSTNAME"
}
free_mib() { # prints them
  local free room inodes
  measure_room || free='an unknown number of'
  printf '%s\n' "$free"
}
mark() { sed -n "s/^$1=//p" "$data/.complete"; } # KEY: its value in the mark of the data directory

is_empty() { # DIRECTORY: an absent one counts as empty; one that cannot be read does not
  local found
  [[ -e $1 ]] || return 0
  found=$(find "$1" -mindepth 1 -print -quit) || refuse "cannot read $1"
  [[ -z $found ]]
}

mark_complete() { # DIRECTORY KEY=VALUE...: marks it once all of it is on disk
  printf '%s\n' "\${@:2}" "instance=$HOSTNAME" >"$1/.marking" && flush "$volume" &&
    mv "$1/.marking" "$1/.complete" && flush "$volume"
}

rename_staging() { # puts complete staging in place; the next call finishes what a kill interrupts
  { ! is_complete "$data" || mv -T "$data" "$replaced"; } && mv -T "$staging" "$data" && flush "$volume" && rm -rf "$replaced"
}

settle() { # finishes or wipes what a killed attempt left
  rm -rf "$recipient"
  if is_complete "$staging"; then
    say "an earlier attempt was killed before its last rename: finishing it"
    rename_staging
  elif [[ -e $staging ]]; then
    say "wiping $staging, which a killed attempt left unfinished"
    rm -rf "$staging"
  fi
  if is_complete "$data"; then rm -rf "$replaced"; fi
}
`;
