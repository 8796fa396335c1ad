import { rendered } from '../sandbox/rendered';
import { Sandbox } from '../sandbox/sandbox';
import { secret } from '../sandbox/secret';

const cluster = rendered();

/** The pod of mysql-1, whose volume has a complete data directory with these files. */
function replica(files: Record<string, string>): Sandbox {
  const sandbox = new Sandbox(cluster, 1);
  sandbox.write({
    ...secret(),
    'mnt/data/mysql/.complete': 'cluster=c-1\n',
    'mnt/data/mysql/auto.cnf': 'server-uuid=1',
  });
  for (const [name, text] of Object.entries(files)) sandbox.write({ [`mnt/data/mysql/${name}`]: text });
  return sandbox;
}

test.each([
  ['of an earlier release', {}],
  ['of its own', { '.complete': 'cluster=c-1\ninstance=mysql-1\n' }],
])('on a volume %s, a server keeps its UUID', async (_, files) => {
  const sandbox = replica(files);
  const run = sandbox.start('init-mysql');
  expect(await run.code()).toBe(0);
  expect(run.output).not.toContain('is a copy of');
  expect(sandbox.read('mnt/data/mysql/auto.cnf')).toBe('server-uuid=1');
});

test("on a volume made from another instance's, a server gets a UUID of its own", async () => {
  const sandbox = replica({
    '.complete': 'cluster=c-1\ninstance=mysql-0\n',
    '.objection-mysql-2': 'holds transactions',
  });
  const run = sandbox.start('init-mysql');
  expect(await run.code()).toBe(0);
  expect(run.output).toContain('this volume is a copy of that of mysql-0: its server gets a UUID of its own');
  expect(sandbox.tree('mnt/data/mysql')).toEqual({ '.complete': 'cluster=c-1\ninstance=mysql-1\n' });
});

test('settings that SET PERSIST has written are not lost silently', async () => {
  const sandbox = replica({ 'mysqld-auto.cnf': '{"Version": 2}' });
  const run = sandbox.start('init-mysql');
  expect(await run.code()).toBe(0);
  expect(run.output).toContain('WARNING: mysqld-auto.cnf is not read');
});
