import { XtraBackupOptions } from '../../options/clone-method';
import { bash } from '../base/bash';

/** The recipient's part of a clone by XtraBackup: defines `take`. */
export const receiveByXtrabackup = ({ parallel = 1, compression = false }: XtraBackupOptions) => bash`
backup_says() { grep -qx "$2" "$staging/$1" 2>/dev/null; } # FILE LINE: what XtraBackup itself recorded about the backup

receive() { # NAME CLUSTER SIZE ADDRESS: unpacks the stream on descriptor 3 into staging; complete only if the backup says so
  (printf 'go\n' >&3) 2>/dev/null || { why="$1 is gone"; return 1; } # in a subshell, which SIGPIPE may end
  mkdir "$staging" || { why="cannot make $staging"; return 1; }
  xbstream -x${parallel > 1 ? ` --parallel=${parallel}` : ''} -C "$staging" <&3 &
  attend $! "$@" || { why="the stream from $1 ended early: xbstream failed, with $(free_mib) MiB free on the volume"; return 1; }
  if ! backup_says xtrabackup_checkpoints 'backup_type = full-backuped' || ! backup_says xtrabackup_info 'partial = N'; then
    why="the stream from $1 ended early"
    return 1
  fi
}

prepare() { # brings the files of staging to one point in time
  local output=$staging/prepare.log
${compression ? decompress(parallel) : ''}  xtrabackup --prepare --target-dir="$staging" &>"$output" &
  if ! wait $! || ! backup_says xtrabackup_checkpoints 'backup_type = full-prepared'; then
    why="xtrabackup --prepare failed: $(tail -n 3 "$output")"
    return 1
  fi
}

recorded_gtids() { # prints the third column, which continues on further lines when there are several UUIDs
  [[ ! -f $staging/xtrabackup_binlog_info ]] || awk -F '\t' 'NR == 1 { print $3 } NR > 1' "$staging/xtrabackup_binlog_info" | tr -d '\n'
}

take() { # NAME CLUSTER SIZE ADDRESS: makes the stream on descriptor 3 a complete directory in staging
  local gtids begin
  begin=$(uptime)
  receive "$@" || return 1
  say "received in $(($(uptime) - begin)) s: preparing"
  prepare || return 1
  gtids=$(recorded_gtids) || { why="cannot read the GTIDs that the backup recorded"; return 1; }
  rm -f "$staging"/xtrabackup_* "$staging"/{backup-my.cnf,prepare.log}
  finish "$1" "$2" "$gtids" "$begin"
}
`;

const decompress = (parallel: number) => bash`
  xtrabackup --decompress --remove-original --parallel=${parallel} --target-dir="$staging" &>"$output" &
  wait $! || { why="xtrabackup --decompress failed: $(tail -n 3 "$output")"; return 1; }
`;
