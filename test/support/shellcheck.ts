import { spawnSync } from 'child_process';
import { join } from 'path';

const LINT = join(__dirname, '../scripts/sandbox/lint-script.mjs');

interface Finding {
  readonly line: number;
  readonly code: number;
  readonly message: string;
}

/** The findings of shellcheck in a script for bash, as `SC1234 message: the line`. */
export function findings(script: string): string[] {
  const input = script.startsWith('#!') ? script : `#!/bin/bash\n${script}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, [LINT], { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`shellcheck does not run: ${stderr}`);
  const lines = input.split('\n');
  return (JSON.parse(stdout) as Finding[]).map(
    ({ line, code, message }) => `SC${code} ${message}: ${lines[line - 1].trim()}`,
  );
}

/** What Kubernetes would expand in the command of a container that has this script. */
export const expansions = (script: string): string[] => script.match(/\$\$|\$\([A-Z]\w*\)/g) ?? [];
