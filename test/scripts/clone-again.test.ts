import { BACKUP, CLONE, donor, stream } from './donor';
import { kills, problems } from './faults';
import { Answers, Peer, states } from './peer';
import { rendered } from './rendered';
import { newIp, Sandbox } from './sandbox';
import { secret } from './secret';

const cluster = rendered();

const OLD = {
  'mysql/.complete': 'origin=cloned from mysql-0\ncluster=c-1\ngtids=uuid-1:1-3\n',
  'mysql/.clone-again': 'the primary has purged transactions that are missing here\n',
  'mysql/ibdata1': 'old pages\n',
};

/** The pod of mysql-1, which has a copy that cannot catch up, beside a primary. */
async function staleReplica(answers: Answers = donor()): Promise<{ sandbox: Sandbox; primary: Peer }> {
  const primary = await Peer.start(newIp(), answers);
  const sandbox = new Sandbox(cluster, 1);
  sandbox.write(secret());
  sandbox.write(Object.fromEntries(Object.entries(OLD).map(([path, content]) => [`mnt/data/${path}`, content])));
  sandbox.resolvesAmong({ 'mysql-0': primary.ip });
  return { sandbox, primary };
}

/** The files below one directory of the volume. */
function files(sandbox: Sandbox, directory: string): Record<string, string | undefined> {
  const entries = Object.entries(sandbox.tree('mnt/data'));
  return Object.fromEntries(
    entries.filter(([path, content]) => path.startsWith(`${directory}/`) && content !== undefined),
  );
}

const expectNewCopyAlone = (sandbox: Sandbox) => {
  expect(files(sandbox, 'mysql')).toEqual(CLONE);
  expect(Object.keys(sandbox.tree('mnt/data')).filter((path) => !path.includes('/'))).toEqual(['mysql']);
};

test('a replica that cannot catch up gets a new copy in the place of the old one', async () => {
  const { sandbox } = await staleReplica();
  const run = sandbox.start('clone-mysql');
  expect([await run.code(), run.output]).toEqual([
    0,
    expect.stringContaining('cloning again: the primary has purged transactions that are missing here'),
  ]);
  expectNewCopyAlone(sandbox);
});

test('without the wish for one, the old copy stays', async () => {
  const { sandbox } = await staleReplica();
  sandbox.remove('mnt/data/mysql/.clone-again');
  const before = sandbox.tree('mnt/data');
  expect(await sandbox.start('clone-mysql').code()).toBe(0);
  expect(sandbox.tree('mnt/data')).toEqual(before);
});

describe('the old copy may be the last one: it stays as it is while the primary', () => {
  test.each<[string, Answers]>([
    ['does not answer', {}],
    ['is closed', { ...donor(), state: states.closed('mysql-0', 'c-1') }],
    ['has no server', { ...donor(), state: states.down('mysql-0', 'c-1') }],
    ['is empty', { ...donor(), state: states.empty('mysql-0') }],
    ['is of another cluster', { ...donor(), state: states.open('mysql-0', 'c-2') }],
  ])('%s', async (_, answers) => {
    const { sandbox, primary } = await staleReplica(answers);
    const before = sandbox.tree('mnt/data');
    const run = sandbox.start('clone-mysql');
    await run.says('no clone yet: mysql-0 ');
    expect(sandbox.tree('mnt/data')).toEqual(before);
    expect(primary.requests).not.toContain('clone');
    primary.answers = donor();
    expect(await run.code()).toBe(0);
    expectNewCopyAlone(sandbox);
  });

  test('has too little room for both; the message names the choice', async () => {
    const { sandbox } = await staleReplica({
      ...donor(),
      clone: (connection) => connection.end(`stream|mysql-0|c-1|${2 ** 50}\n`),
    });
    const run = sandbox.start('clone-mysql');
    await run.says('or give up its old copy: delete the claim and the pod');
    expect(files(sandbox, 'mysql')).toEqual(OLD);
  });

  test('sends a stream that breaks', async () => {
    const { sandbox } = await staleReplica({
      ...donor(),
      clone: (connection) => connection.end(`stream|mysql-0|c-1|1024\n`),
    });
    await sandbox.start('clone-mysql').says('ended early');
    expect(files(sandbox, 'mysql')).toEqual(OLD);
  });
});

test('a donor of another cluster does not replace the old copy', async () => {
  const primary = await Peer.start(newIp(), donor());
  const foreign = await Peer.start(newIp(), {
    state: states.open('mysql-1', 'c-2'),
    clone: (connection) => {
      connection.write(`stream|mysql-1|c-2|1024\n`);
      connection.end(stream({ ...BACKUP, ibdata1: 'pages of another cluster' }));
    },
  });
  const sandbox = new Sandbox(cluster, 2);
  sandbox.write(secret());
  sandbox.write(Object.fromEntries(Object.entries(OLD).map(([path, content]) => [`mnt/data/${path}`, content])));
  sandbox.resolvesAmong({ 'mysql-0': primary.ip, 'mysql-1': foreign.ip });
  expect(await sandbox.start('clone-mysql').code()).toBe(0);
  expectNewCopyAlone(sandbox);
});

test('a kill at any moment leaves the old copy or the new one whole, and the next start heals', async () => {
  const clean = await staleReplica();
  expect(await clean.sandbox.start('clone-mysql', { steps: true }).code()).toBe(0);
  const betweenTheRenames: string[] = [];
  const wrong = await problems(kills(clean.sandbox.steps()), async (fault) => {
    const { sandbox } = await staleReplica();
    expect(await sandbox.start('clone-mysql', { fault }).code()).toBe(null);
    if (!('mysql' in sandbox.tree('mnt/data'))) {
      betweenTheRenames.push(`${fault.command} ${fault.call} ${fault.effect}`);
      const old = Object.entries(OLD).map(([path, content]) => [path.replace('mysql/', 'mysql.replaced/'), content]);
      expect(files(sandbox, 'mysql.replaced')).toEqual(Object.fromEntries(old));
    } else {
      expect([OLD, CLONE]).toContainEqual(files(sandbox, 'mysql'));
    }
    const next = sandbox.start('clone-mysql');
    expect([await next.code(), next.output]).toEqual([0, expect.anything()]);
    expectNewCopyAlone(sandbox);
  });
  expect(wrong).toEqual([]);
  expect(betweenTheRenames.length).toBeGreaterThanOrEqual(2);
});

test('init-mysql, which starts first, finishes a replacement that was killed between its renames', async () => {
  const { sandbox } = await staleReplica();
  const second = { command: 'mv', call: 2, effect: 'killed after' } as const;
  expect(await sandbox.start('clone-mysql', { fault: second }).code()).toBe(null);
  expect(sandbox.tree('mnt/data')).not.toHaveProperty(['mysql']);
  const run = sandbox.start('init-mysql');
  expect(await run.code()).toBe(0);
  expect(run.output).toContain('killed before its last rename: finishing it');
  expectNewCopyAlone(sandbox);
});
