import { bash } from '../base/bash';

/** Replaces the data of a running replica by a new clone; a part of the sidecar. */
export const cloneAgain = bash`
clone_again() { # REASON: builds a new clone next to the old copy, which stays until the clone is complete
  [[ $reported = 'unready (cloning): '* ]] || verdict cloning "takes a new clone: $1"
  if clone_from_any; then
    exchange
  else
    verdict cloning "no new clone yet: $why. The reason for it: $1"
  fi
}

exchange() { # puts the clone in staging in place while no mysqld runs; the next start finishes what a kill interrupts
  rm -f "$parked" "$new_clone" # a person's request is fulfilled, whoever finishes this
  touch "$exchange" # from now on the mysql container does not start mysqld
  until [[ -e $parked ]]; do
    verdict cloning "the new clone is complete: waiting for mysqld to end"
    sql -e SHUTDOWN &>/dev/null || true
    pause 1
  done
  rename_staging || exit 1 # the next start finishes it; mysqld waits until then
  rm -f "$exchange"
  say "the new clone is in place: this container and mysql start again, to mount it"
  exit 0
}
`;
