import { bash } from './base/bash';
import { log } from './base/log';

/** Main process of the mysql container: mysqld itself, on a complete data directory only. */
export const mysql = bash`
${log}
data=/var/lib/mysql run=/var/run/mysqld
if [[ -e $run/exchange ]]; then
  say "a new copy of the data takes the place of the one that is mounted here: waiting for it"
  while [[ -e $run/exchange ]]; do touch "$run/parked"; pause 0.2; done
  exit 0 # the next start mounts the new copy
fi
[[ -f $data/.complete ]] || refuse "the data directory is not complete, so mysqld does not start on it." \
  "Delete the pod: its init containers say what is wrong or mend it."
rm -f "$run/status" "$run/opened" # they spoke of the server before this one
exec mysqld
`;
