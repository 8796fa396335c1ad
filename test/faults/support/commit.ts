import { execFileSync } from 'child_process';
import { resolve } from 'path';

const CHECKOUT = resolve(__dirname, '../../..');

/** The commit that is checked out, shortened; "+" follows if tracked files have changed. Undefined outside a Git checkout. */
export function commit(): string | undefined {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: CHECKOUT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    const id = git('rev-parse', '--short=10', 'HEAD');
    return git('status', '--porcelain', '--untracked-files=no') ? `${id}+` : id;
  } catch {
    return undefined;
  }
}
