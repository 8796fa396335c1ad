import { bash } from '../base/bash';

/** Notices a volume that was made from that of another instance; a part of init-mysql. */
export const ownCopy = bash`
own_copy() { # two servers with one UUID throw each other out, again and again
  local owner others
  owner=$(mark instance)
  [[ $owner && $owner != "$HOSTNAME" ]] || return 0
  say "this volume is a copy of that of $owner: its server gets a UUID of its own"
  rm -f "$data/auto.cnf" "$data"/.objection-*
  mapfile -t others < <(grep -v '^instance=' "$data/.complete")
  mark_complete "$data" "\${others[@]}"
}
`;
