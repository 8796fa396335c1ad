import { execFileSync } from 'child_process';
import { readdirSync, readFileSync } from 'fs';
import { join, resolve } from 'path';
import { commandsOf } from '../e2e/support/task';

// The end-to-end tests run the commands of these tasks. This test finds them without a cluster.
test.each([
  ['adopt-a-tutorial-cluster', 'Steps', 'kubectl rollout status statefulset mysql --timeout=24h\n'],
  ['from-bitnami', 'Copy', "START REPLICA FOR CHANNEL 'bitnami';\nSQL\n"],
  ['from-bitnami', 'Switch', 'SET PERSIST super_read_only = ON'],
  ['grow-volumes', 'Steps', 'size=20Gi\nfor claim in '],
  ['read-from-replicas', 'Steps', ' --overwrite\nkubectl apply -f dist\n'],
  ['restore-the-primary', 'Give a volume back', 'kubectl patch pv "$volume"'],
])('%s has commands under "%s"', (page, heading, some) => {
  expect(commandsOf(page, heading)).toContain(some);
});

test('a heading without commands is an error', () => {
  expect(() => commandsOf('grow-volumes', 'Prerequisites')).toThrow('no commands under "Prerequisites"');
  expect(() => commandsOf('grow-volumes', 'Nothing')).toThrow('no commands under "Nothing"');
});

const TASKS = resolve(__dirname, '../../docs/tasks');

test.each(readdirSync(TASKS))('every block of shell in %s is bash', (page) => {
  const blocks = readFileSync(join(TASKS, page), 'utf8').matchAll(/^( *)```sh\n([^]*?)^\1```$/gm);
  for (const [, indentation, text] of blocks) {
    const input = text.replaceAll(`\n${indentation}`, '\n').replace(/<[a-z-]+>/g, 'placeholder');
    execFileSync('bash', ['-n'], { input, stdio: ['pipe', 'ignore', 'pipe'] });
  }
});

test('docs/tasks/README.md lists each task once', () => {
  const index = readFileSync(join(TASKS, 'README.md'), 'utf8');
  const listed = [...index.matchAll(/^\| \[[^\]]*\]\(([^)]*)\)/gm)].map(([, page]) => page);
  expect(listed.sort()).toEqual(
    readdirSync(TASKS)
      .filter((page) => page !== 'README.md')
      .sort(),
  );
});
