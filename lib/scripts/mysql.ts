import { bash, include } from './base/bash';
import { log } from './base/log';
import { runFiles } from './base/run';

/** Main process of the mysql container: mysqld itself, and only on a complete data directory. */
export const mysql = bash`
${include(log, runFiles('socket', 'status', 'opened', 'stopping', 'started_with', 'exchange', 'parked'))}

if [[ -e $exchange ]]; then
  say "a new clone replaces the data directory that is mounted here: waiting for it"
  while [[ -e $exchange ]]; do touch "$parked"; pause 0.2; done
  exit 0 # the next start mounts the new one
fi
[[ -f /var/lib/mysql/.complete ]] || refuse "the data directory is not complete, so mysqld does not start on it." \
  "Delete the pod: its init containers complete the directory, or say why they cannot."
rm -f "$socket"* "$status" "$opened" "$stopping" "$started_with" # they spoke of the server before this one
exec mysqld
`;
