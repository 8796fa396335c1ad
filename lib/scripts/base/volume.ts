import { bash } from './bash';

/** What scripts know of the volume. docs/decisions.md draws its states. */
export const volume = bash`
volume=/mnt/data
data=$volume/mysql                # absent, empty or complete; the mysql container mounts just this
staging=$volume/mysql.staging     # a data directory that is being built
replaced=$volume/mysql.replaced   # a copy whose successor is whole
kept=$volume/mysql.before-adoption # the old copy of a replica that was adopted; a person's to delete

is_complete() { [[ -f $1/.complete ]]; }
free_mib() { df -BM --output=avail "$volume" | tail -n 1 | tr -dc '0-9'; }
mark() { sed -n "s/^$1=//p" "$data/.complete"; } # KEY: what the mark of the data directory says

is_empty() { # an absent directory counts as empty, one that cannot be read does not
  local found
  [[ -e $1 ]] || return 0
  found=$(find "$1" -mindepth 1 -print -quit) || refuse "cannot read $1"
  [[ -z $found ]]
}

mark_complete() { # DIRECTORY KEY=VALUE...: once all of it is on disk
  printf '%s\n' "\${@:2}" >"$1/.marking" && flush "$volume" &&
    mv "$1/.marking" "$1/.complete" && flush "$volume"
}

rename_staging() { # complete staging becomes the data directory; a kill on the way is finished by the next call
  { ! is_complete "$data" || mv -T "$data" "$replaced"; } && mv -T "$staging" "$data" && flush "$volume" && rm -rf "$replaced"
}

settle() { # finishes or wipes what a killed attempt left
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
