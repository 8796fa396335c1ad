import { CloneMethod } from '../options/clone-method';
import { bash } from './base/bash';
import { receiving } from './cloning/method';
import { cloning } from './cloning/cloning';
import { log } from './base/log';
import { password, sqlString } from './accounts/password';
import { answerPeers, peers } from './peers/peers';
import { restoring } from './initialize/restoring';
import { volume } from './base/volume';

export interface CloneMysqlParameters {
  /** Name of the headless Service, and of the StatefulSet. */
  readonly service: string;
  readonly method: CloneMethod;
}

/** Second init container: fills an empty volume, a replica's from any healthy peer, the primary's from the newest replica. */
export const cloneMysql = ({ service, method }: CloneMysqlParameters) => bash`
${log}${password}${sqlString}${volume}${peers(service)}${answerPeers}${receiving(method)}${cloning(service)}${restoring}
holds=empty
((ordinal)) || holds=restoring
export holds

state() { printf 'state|%s|%s||down|||\n' "$HOSTNAME" "$holds"; } # what this pod tells its peers; see ask
serve_clone() { printf 'refused|%s is waiting for a clone itself\n' "$HOSTNAME"; }
lacks() { serve_clone; }

fill_by() { # FUNCTION
  keep_listening
  until "$1"; do
    report "no clone yet: $why"
    keep_listening
    pause 1
  done
  rename_staging
  say "the clone of $(mark origin | cut -d ' ' -f 3) is in place"
}

settle
if is_complete "$data"; then
  say "nothing to do: the data directory is complete"
elif ((ordinal)); then
  fill_by clone_from_any
else
  say "restoring the primary from the replica that has every transaction"
  fill_by restore
fi
`;
