import { SizeRoundingBehavior } from 'cdk8s';
import { XtraBackupOptions } from '../../options/clone-method';
import { bash } from '../base/bash';

/** The donor's part of a clone by XtraBackup: defines `send_clone`. */
export const serveByXtrabackup = (options: XtraBackupOptions, ofVersion = '') => bash`
lock_clones() { # succeeds unless this donor already serves a clone; if two start at once, both may be turned away
  local other
  touch "$clone_locks.$BASHPID"
  for other in "$clone_locks".*; do
    other=\${other##*.}
    [[ $other = "$BASHPID" || ! -d /proc/$other ]] || { rm "$clone_locks.$BASHPID"; return 1; }
  done
}

send_clone() { # one at a time, and only once the recipient has said that it has room
  local go
  lock_clones || { answer "refused|$HOSTNAME serves another clone"; return; }
  offer_clone
  if read -r -t 20 go && [[ $go = go ]]; then
    open_clone_port </dev/null >/dev/null & # this conversation ends here; the recipient continues on that port
    mv "$clone_locks.$BASHPID" "$clone_locks.$!"
  else
    rm -f "$clone_locks.$BASHPID"
  fi
}

open_clone_port() { # for one connection of that recipient, which has 20 s to prove itself once more, inside TLS
  local begin
  begin=$(uptime)
  export offered=$clone_locks.$BASHPID size
  rm -f "$port_log"
  peer_port=$clone_port socat -T 300 -lf "$port_log" "OPENSSL-LISTEN:$clone_port,reuseaddr,range=$SOCAT_PEERADDR/32,verify=0,$ciphers,\
cert=$server_certificate,key=$server_key" EXEC:'bash --norc -c serve_peer' &
  while (($(uptime) - begin < 20)); do
    if [[ ! -e $offered ]]; then wait $!; return; fi # the stream has begun
    kill -0 $! 2>/dev/null || break
    sleep 0.1
  done
  kill $! 2>/dev/null || true
  rm -f "$offered"
  say "no clone for $SOCAT_PEERADDR: it did not prove itself on port $clone_port: $(printable "$(tail -n 1 "$port_log" 2>/dev/null)")"
}

send_stream() { # what follows the answer is the backup
  local begin
  begin=$(uptime)
  if [[ $peer_port != "$clone_port" ]] || ! mv "$offered" "$clone_locks.$BASHPID"; then
    answer "refused|$HOSTNAME sends clones on port $clone_port, inside TLS"
    return
  fi
  trap 'rm -f "$clone_locks.$BASHPID" "$backup_login"' EXIT # however this ends, but for SIGKILL
  answer "stream|$HOSTNAME"
  say "serving a clone of $((size >> 20)) MiB to $SOCAT_PEERADDR"
  (umask 077; login backup >"$backup_login")
  # Some clients would otherwise read the password as Latin-1.
  if LC_ALL=C.UTF-8 xtrabackup --defaults-file="$backup_login" --backup --stream=xbstream --target-dir=/tmp/backup \
    --socket="$socket" --datadir=/var/lib/mysql${ofVersion && ` ${ofVersion}`}${flags(options)} 2>"$backup_log"; then
    say "served the clone in $(($(uptime) - begin)) s"
  else
    say "the clone failed after $(($(uptime) - begin)) s: $(grep -v '\[Note\]' "$backup_log" | tail -n 3)"
    ! grep -qE 'wrapped around|block numbers mismatch' "$backup_log" || say "writes overwrote the redo log before it was copied: make it larger on every instance"
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
