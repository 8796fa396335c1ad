import { execFileSync } from 'child_process';
import { byXtrabackup } from '../scripts/sandbox/rendered';
import { Sandbox } from '../scripts/sandbox/sandbox';
import { secret } from '../scripts/sandbox/secret';
import { conversation, keyless } from './support/stranger';

/** What the stranger hears who sends this request to a pod that waits for a donor. */
async function heard(request: string, backup?: string): Promise<string> {
  const sandbox = new Sandbox(byXtrabackup(), 1);
  sandbox.write(secret(backup === undefined ? {} : { backup }));
  const run = sandbox.start('clone-mysql', { env: { LISTEN: 'yes', SLEEP: '1' } });
  await run.waitForOutput('no clone yet: ');
  return execFileSync('bash', ['-c', `host=${sandbox.ip}; ${conversation(keyless(request))}`], { encoding: 'utf8' });
}

test.each(['peer clone', 'recipient clone', 'peer lacks 0: u:1-7'])(
  'the stranger knows everything about "%s" but the password',
  async (request) => {
    expect(await heard(request)).toBe('denied\n');
    expect(await heard(request, '')).toMatch(/^[0-9a-f]{64} refused\|mysql-1 is waiting for a clone itself\n$/);
  },
);
