import { XtraBackupOptions } from '../../options/clone-method';
import { bash } from '../base/bash';

/** The recipient's part of a clone by XtraBackup: defines `expect_clone` and `take`. */
export const receiveByXtrabackup = ({ parallel = 1, compression = false }: XtraBackupOptions) => bash`
tunnel=/tmp/tunnel tunnel_process=''

expect_clone() { :; } # nothing can be prepared

backup_says() { grep -qx "$2" "$staging/$1" 2>/dev/null; } # FILE LINE: what XtraBackup itself recorded about the backup

open_tunnel() { # NAME ADDRESS: descriptors 3 and 4 lead to its clone port, through TLS with the server of that CA
  local no_name='' name=''
  [[ ! $named ]] || name=$(long_name "$1") || return 1
  [[ $name || $(socat -hhh) != *nosni* ]] || no_name=,nosni # versions that name the server would send the empty name
  rm -f "$tunnel".{in,out} && mkfifo "$tunnel".{in,out} || return 1
  socat - "OPENSSL:$2:$clone_port,cafile=$donor_ca,verify=1,commonname=$name$no_name,$ciphers,retry=$((10 * patience)),interval=0.1" \
    <"$tunnel.in" >"$tunnel.out" 2>"$tunnel.log" &
  tunnel_process=$!
  exec 4>"$tunnel.in" 3<"$tunnel.out"
}

close_tunnel() {
  hang_up
  kill "$tunnel_process" 2>/dev/null || true
}

receive() { # NAME CLUSTER SIZE ADDRESS: unpacks the donor's stream into staging
  local answer
  ask_donor_ca "$1" "$4" || return 1
  (printf 'go\n' >&4) 2>/dev/null || { why="$1 is gone"; return 1; } # in a subshell, which SIGPIPE may end
  hang_up
  if ! open_tunnel "$1" "$4" || ! introduce "$4:$clone_port" stream || ! answer=$(hear stream) || [[ $answer != stream\|* ]]; then
    why="$1 sends no clone on port $clone_port: $(printable "$(tail -n 1 "$tunnel.log")")"
    return 1
  fi
  mkdir "$staging" || { why="cannot make $staging"; return 1; }
  xbstream -x${parallel > 1 ? ` --parallel=${parallel}` : ''} -C "$staging" <&3 &
  attend $! "$@" || { why="the stream from $1 ended early: xbstream failed, with $(free_mib) MiB free on the volume"; return 1; }
${compression ? decompress(parallel) : ''}  # Only the backup itself can say that it is complete: a stream that was cut may look like one that has ended.
  if ! backup_says xtrabackup_checkpoints 'backup_type = full-backuped' || ! backup_says xtrabackup_info 'partial = N'; then
    why="the stream from $1 ended early"
    return 1
  fi
}

prepare() { # brings the files of staging to one point in time
  local output=$staging/prepare.log
  xtrabackup --prepare --target-dir="$staging" &>"$output" &
  if ! wait $! || ! backup_says xtrabackup_checkpoints 'backup_type = full-prepared'; then
    why="xtrabackup --prepare failed: $(errors_in "$output")"
    return 1
  fi
}

recorded_gtids() { # prints the third column, which continues on further lines when there are several UUIDs
  [[ ! -f $staging/xtrabackup_binlog_info ]] || awk -F '\t' 'NR == 1 { print $3 } NR > 1' "$staging/xtrabackup_binlog_info" | tr -d '\n'
}

take() { # NAME CLUSTER SIZE ADDRESS: makes the donor's stream a complete directory in staging
  local gtids begin code=0
  begin=$(uptime)
  receive "$@" || code=1
  close_tunnel
  ((!code)) || return 1
  say "received in $(($(uptime) - begin)) s: preparing"
  prepare || return 1
  gtids=$(recorded_gtids) || { why="cannot read the GTIDs that the backup recorded"; return 1; }
  rm -f "$staging"/xtrabackup_* "$staging"/{backup-my.cnf,prepare.log}
  finish "$1" "$2" "$gtids" "$begin"
}
`;

const decompress = (parallel: number) => bash`
  local output=$staging/prepare.log
  xtrabackup --decompress --remove-original --parallel=${parallel} --target-dir="$staging" &>"$output" &
  wait $! || { why="xtrabackup --decompress failed: $(errors_in "$output")"; return 1; }
`;
