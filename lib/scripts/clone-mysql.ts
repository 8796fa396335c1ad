import { CloneMethod } from '../options/clone-method';
import { Credentials } from '../options/credentials';
import { followSecret } from './accounts/credentials';
import { password, sqlString } from './accounts/password';
import { bash, include } from './base/bash';
import { log } from './base/log';
import { programs } from './base/programs';
import { role } from './base/role';
import { volume } from './base/volume';
import { waiting } from './base/waiting';
import { cloning } from './cloning/cloning';
import { programsOf, receiving } from './cloning/method';
import { restoring } from './initialize/restoring';
import { answering } from './peers/answering';
import { asking } from './peers/asking';

export interface CloneMysqlParameters {
  /** Name of the headless Service, and of the StatefulSet. */
  readonly service: string;
  readonly method: CloneMethod;
  /** The image that it runs in. */
  readonly image: string;
  readonly credentials: Credentials;
}

/** Second init container: fills an empty volume. A replica clones any healthy peer, the primary the newest replica. */
export const cloneMysql = ({ service, method, image, credentials }: CloneMysqlParameters) => bash`
${include(log, programs(image, ...programsOf(method)), waiting, role(service), password, followSecret(credentials), sqlString, volume, asking, answering, receiving(method), cloning, restoring)}

holds=empty
! is_primary || holds=restoring
export holds

state() { answer "state|$HOSTNAME|$holds||down||||0:"; } # the fields of read_state
serve_clone() { answer "refused|$HOSTNAME is waiting for a clone itself"; }
lacks() { serve_clone; }
certificate() { serve_clone; }
send_stream() { serve_clone; }

fill_by() { # FUNCTION
  local started
  started=$(uptime)
  expect_clone
  keep_listening
  until "$1"; do
    report "no clone yet: $why"
    keep_listening
    pause_since "$started"
    follow_secret
  done
  rename_staging
  say "the clone of $(mark origin | cut -d ' ' -f 3) is in place"
}

settle
if is_complete "$data"; then
  say "nothing to do: the data directory is complete"
elif is_primary; then
  say "restoring the primary from the replica that has every transaction"
  fill_by restore
else
  fill_by clone_from_any
fi
`;
