import { SizeRoundingBehavior } from 'cdk8s';
import { XtraBackupOptions } from '../../options/clone-method';
import { bash } from '../base/bash';

/** The donor's part of a clone by XtraBackup: defines `send_clone`. */
export const serveByXtrabackup = (options: XtraBackupOptions) => bash`
only_clone() { # holds unless another clone of this donor is on its way; of two at the same moment perhaps neither
  local other
  touch "$run/clone.$BASHPID"
  for other in "$run"/clone.*; do
    other=\${other##*.}
    [[ $other = "$BASHPID" || ! -d /proc/$other ]] || { rm "$run/clone.$BASHPID"; return 1; }
  done
}

send_clone() { # one at a time, and once the recipient has said that it has room
  local go log=$run/backup.log begin=$SECONDS
  only_clone || { printf 'busy|%s serves another clone\n' "$HOSTNAME"; return; }
  offer_clone
  read -r -t 10 go && [[ $go = go ]] || { rm -f "$run/clone.$BASHPID"; return; }
  say "serving a clone of $((size >> 20)) MiB to \${SOCAT_PEERADDR:-\${NCAT_REMOTE_ADDR:-a peer}}"
  (umask 077; login backup >"$run/backup.cnf")
  # The locale keeps clients that follow it from reading the password as Latin-1.
  if LC_ALL=C.UTF-8 xtrabackup --defaults-file="$run/backup.cnf" --backup --stream=xbstream --target-dir=/tmp/backup \
    --socket="$run/mysqld.sock" --datadir=/var/lib/mysql${flags(options)} 2>"$log"; then
    say "served the clone in $((SECONDS - begin)) s"
  else
    say "the clone failed after $((SECONDS - begin)) s: $(grep -v '\[Note\]' "$log" | tail -n 3)"
  fi
  rm -f "$run/clone.$BASHPID" "$run/backup.cnf"
}
`;

/** XtraBackup throttles by chunks of 10 MiB. */
function flags({ parallel, compression, maxBandwidth }: XtraBackupOptions): string {
  return [
    parallel === undefined ? '' : ` --parallel=${parallel}`,
    compression ? ' --compress=zstd' : '',
    maxBandwidth === undefined
      ? ''
      : ` --throttle=${maxBandwidth.toMebibytes({ rounding: SizeRoundingBehavior.FLOOR }) / 10}`,
  ].join('');
}
