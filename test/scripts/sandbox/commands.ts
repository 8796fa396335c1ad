import { accessSync, chmodSync, constants, copyFileSync, mkdtempSync, readdirSync, writeFileSync } from 'fs';
import { delimiter, join } from 'path';

/** A fault at one call of one command in a script. */
export interface Fault {
  readonly command: string;
  /** Only calls with this last argument, without its directories. @default - all calls */
  readonly argument?: string;
  /** The number of the call, from 1; 0 means every call. */
  readonly call: number;
  readonly effect:
    /** The command does nothing and exits with 1. */
    | 'fails'
    /** The command does its work, then exits with 1. */
    | 'fails after'
    /** All processes of the script are killed before the command does anything. */
    | 'killed before'
    /** All processes of the script are killed after the command has done its work. */
    | 'killed after'
    /** The server is killed before the command runs. */
    | 'server killed';
}

const STUBS = join(__dirname, 'stubs');
const stubs = readdirSync(STUBS).filter((name) => name !== 'socat.mjs');

/**
 * Makes a directory that is the whole PATH of a script. It has a wrapper for each word of the script that may be a
 * command. A wrapper records the call, applies the fault, and calls the stub or the machine's command.
 */
export function commandsOf(script: string, parent: string): string {
  const bin = mkdtempSync(join(parent, 'commands-'));
  for (const stub of stubs) {
    copyFileSync(join(STUBS, stub), join(bin, `.${stub}`));
  }
  copyFileSync(join(STUBS, 'socat.mjs'), join(bin, 'socat.mjs'));
  for (const name of new Set([...stubs, ...[...script.matchAll(/[a-z][\w-]*/g)].map(([word]) => word)])) {
    const target = stubs.includes(name) ? join(bin, `.${name}`) : onPath(name);
    if (target === undefined) continue;
    writeFileSync(join(bin, name), wrapper(name, target));
    chmodSync(join(bin, name), 0o755);
  }
  return bin;
}

/** The path of a command on this machine. */
export function onPath(name: string): string | undefined {
  const candidates = (process.env.PATH ?? '').split(delimiter).map((directory) => join(directory, name));
  return candidates.find((candidate) => {
    try {
      accessSync(candidate, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Commands that run exported functions of bash. Their wrappers use bash: other shells drop functions from the environment. */
const TO_FUNCTIONS = ['bash', 'socat', 'timeout'];

const wrapper = (name: string, target: string) => `#!${TO_FUNCTIONS.includes(name) ? onPath('bash') : '/bin/sh'}
for last; do :; done
last=\${last##*/}
case $last in '' | *[!A-Za-z0-9._-]*) last=- ;; esac
[ -z "$STEPS" ] || echo ${name} "$last" >>"$STEPS"
[ "$FAULT_COMMAND" = ${name} ] || exec ${target} "$@"
[ "\${FAULT_ARGUMENT:-$last}" = "$last" ] || exec ${target} "$@"
echo >>"$SANDBOX/calls"
[ "$FAULT_CALL" = 0 ] || [ "$(exec ${onPath('wc')} -l <"$SANDBOX/calls")" = "$FAULT_CALL" ] || exec ${target} "$@"
: >"$SANDBOX/fired"
case $FAULT_EFFECT in
  fails) exit 1 ;;
  'fails after') ${target} "$@"; exit 1 ;;
  'killed before') kill -s KILL -- -"$SCRIPT" ;;
  'killed after') ${target} "$@"; kill -s KILL -- -"$SCRIPT" ;;
  'server killed') kill -s KILL "$(exec ${onPath('cat')} "$SANDBOX/mysqld.pid")"; exec ${target} "$@" ;;
esac
`;
