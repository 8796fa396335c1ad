import { Credentials } from '../options/credentials';
import { password, sqlString } from './accounts/password';
import { setRootPassword } from './accounts/root-password';
import { bash, include } from './base/bash';
import { log } from './base/log';
import { runFiles } from './base/run';

/** Main process of the mysql container: mysqld itself, and only on a complete data directory. */
export const mysql = ({ _insecure: insecure }: Credentials) => bash`
${include(log, runFiles('socket', 'status', 'opened', 'stopping', 'started_with', 'exchange', 'parked'), ...(insecure ? [] : [password, sqlString, setRootPassword]))}

if [[ -e $exchange ]]; then
  say "a new clone replaces the data directory that is mounted here: waiting for it"
  while [[ -e $exchange ]]; do touch "$parked"; pause 0.2; done
  exit 0 # the next start mounts the new one
fi
[[ -f /var/lib/mysql/.complete ]] || refuse "the data directory is not complete, so mysqld does not start on it." \
  "Delete the pod: its init containers complete the directory, or say why they cannot."
rm -f "$socket"* "$status" "$opened" "$stopping" "$started_with" # they spoke of the server before this one
${insecure ? 'exec mysqld' : withRootPassword}
`;

const withRootPassword = bash`
statements=$(set_root_password)
TMPDIR=$run # in memory: earlier versions of bash write here-strings to files
exec {first}<<<"$statements" # no pipe, whose process mysqld would never reap
unset TMPDIR
exec mysqld --init-file=/dev/stdin <&"$first" {first}<&-
`;
