import { password } from './accounts/password';
import { bash, include } from './base/bash';
import { runFiles } from './base/run';

/** Readiness: the server answers, and the sidecar, which knows the role, has recently given a verdict of "ready". */
export const readiness = bash`
set -euo pipefail

${include(password, runFiles('status', 'unready'))}

[[ ! -e $unready ]] || { echo "$unready exists"; exit 1; }
mysql --defaults-file=<(login probe) --host=127.0.0.1 --execute='SELECT 1' >/dev/null
[[ $(find "$status" -newermt '-30 seconds' 2>/dev/null) ]] || { echo "the xtrabackup container has given no verdict for 30 s"; exit 1; }
read -r verdict <"$status"
echo "$verdict"
[[ $verdict = ready\ * ]]
`;
