import { bash } from './base/bash';
import { password } from './accounts/password';

/** Readiness: the server answers, and the sidecar, which knows the role, has lately said "ready". */
export const readiness = bash`
set -euo pipefail
${password}
run=/var/run/mysqld
[[ ! -e $run/unready ]] || { echo "$run/unready exists"; exit 1; }
mysql --defaults-file=<(login probe) --host=127.0.0.1 --execute='SELECT 1' >/dev/null
[[ $(find "$run/status" -newermt '-30 seconds' 2>/dev/null) ]] || { echo "the xtrabackup container has said nothing for 30 s"; exit 1; }
read -r verdict <"$run/status"
echo "$verdict"
[[ $verdict = ready:* ]]
`;
