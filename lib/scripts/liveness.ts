import { password } from './accounts/password';
import { bash, include } from './base/bash';

/**
 * Liveness: the server answers. A probe that takes too long is killed, and mysqld, which is process 1, would never reap
 * what it leaves: so the client replaces the shell, and the option file is no process but a here-string.
 */
export const liveness = bash`
set -euo pipefail

${include(password)}

text=$(login probe)
export TMPDIR=/var/run/mysqld # in memory: earlier versions of bash write here-strings to files
exec mysqladmin --defaults-file=/dev/stdin --host=127.0.0.1 ping <<<"$text"
`;
