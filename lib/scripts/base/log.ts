import { bash } from './bash';
import { clock } from './clock';

/** Strict mode, and how every script speaks to the person who reads its log. */
export const log = bash`
set -Eeuo pipefail
trap 'say "failed with code $? in line $LINENO: $BASH_COMMAND"' ERR
trap 'exit 143' TERM # bash as process 1 would not end otherwise

say() { printf '%(%FT%TZ)T %s\n' -1 "$*" >&2; }
refuse() { say "REFUSED: $*"; exit 1; }
flush() { # PATH: syncs its file system, so that what is on it outlasts a crash
  local error
  if error=$(sync -f "$1" 2>&1); then return; fi
  if [[ $(sync --help) != *--file-system* ]]; then sync; return; fi # before coreutils 8.24: all file systems
  say "cannot sync $1: $error"
  return 1
}
printable() { tr -cd '[:print:]' <<<"$1" | cut -c -500; } # TEXT: so that what others say cannot forge a log
exec {nothing}<> <(:)                                 # a pipe that stays empty
pause() { read -r -t "$1" -u "$nothing" || true; } # SECONDS: starts no process, and ends at once on TERM

${clock}
reported='' report_again=0
report() { # TEXT: says it when it is new, and again every 30 s
  local now
  look_at_clock
  [[ $* != "$reported" ]] || ((now >= report_again)) || return 0
  reported=$* report_again=$((now + 30))
  say "$*"
}
`;
