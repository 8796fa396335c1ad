import { password } from './accounts/password';
import { bash, include } from './base/bash';
import { clock } from './base/clock';
import { runFiles } from './base/run';

/** Readiness: the server answers, and the sidecar, which knows the role, has recently given a verdict of "ready". */
export const readiness = bash`
set -euo pipefail

${include(clock, password, runFiles('status', 'unready'))}

[[ ! -e $unready ]] || { echo "$unready exists"; exit 1; }
mysql --defaults-file=<(login probe) --host=127.0.0.1 --execute='SELECT 1' >/dev/null
given=''
{ read -r verdict && read -r given; } 2>/dev/null <"$status" || true
if [[ ! $given ]] || (($(uptime) - given > 30)); then
  echo "the xtrabackup container has given no verdict for 30 s"
  exit 1
fi
echo "$verdict"
[[ $verdict = ready\ * ]]
`;
