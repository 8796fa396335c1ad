import { SizeRoundingBehavior } from 'cdk8s';
import { XtraBackupOptions } from '../../options/clone-method';
import { bash } from '../base/bash';

/** The donor's part of a clone by XtraBackup: defines `send_clone`. */
export const serveByXtrabackup = (options: XtraBackupOptions) => bash`
lock_clones() { # succeeds unless this donor already serves a clone; if two start at once, both may be turned away
  local other
  touch "$clone_locks.$BASHPID"
  for other in "$clone_locks".*; do
    other=\${other##*.}
    [[ $other = "$BASHPID" || ! -d /proc/$other ]] || { rm "$clone_locks.$BASHPID"; return 1; }
  done
}

send_clone() { # one at a time, and only once the recipient has said that it has room
  local go begin
  begin=$(uptime)
  lock_clones || { answer "refused|$HOSTNAME serves another clone"; return; }
  offer_clone
  read -r -t 10 go && [[ $go = go ]] || { rm -f "$clone_locks.$BASHPID"; return; }
  say "serving a clone of $((size >> 20)) MiB to \${SOCAT_PEERADDR:-\${NCAT_REMOTE_ADDR:-a peer}}"
  trap 'rm -f "$clone_locks.$BASHPID" "$backup_login"' EXIT # however this ends, but for SIGKILL
  (umask 077; login backup >"$backup_login")
  # Some clients would otherwise read the password as Latin-1.
  if LC_ALL=C.UTF-8 xtrabackup --defaults-file="$backup_login" --backup --stream=xbstream --target-dir=/tmp/backup \
    --socket="$socket" --datadir=/var/lib/mysql${flags(options)} 2>"$backup_log"; then
    say "served the clone in $(($(uptime) - begin)) s"
  else
    say "the clone failed after $(($(uptime) - begin)) s: $(grep -v '\[Note\]' "$backup_log" | tail -n 3)"
  fi
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
