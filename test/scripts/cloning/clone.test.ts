import { BACKUP, CLONE, donor, offering, stream } from '../sandbox/donor';
import { failures, kills, tryFaults, withoutRepetitions } from '../sandbox/faults';
import { Answers, DENIED, Peer, states } from '../sandbox/peer';
import { rendered } from '../sandbox/rendered';
import { newIp, Run, Sandbox } from '../sandbox/sandbox';
import { secret } from '../sandbox/secret';

const cluster = rendered();

/** The pod of mysql-1, whose volume is empty, beside a primary. */
async function emptyReplica(answers: Answers = donor()): Promise<{ sandbox: Sandbox; primary: Peer }> {
  const primary = await Peer.start(newIp(), answers);
  const sandbox = new Sandbox(cluster, 1);
  sandbox.write(secret());
  sandbox.setDnsForPods({ 'mysql-0': primary.ip });
  return { sandbox, primary };
}

/** The files of a volume; directories are where files are. */
function files(sandbox: Sandbox): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(sandbox.tree('mnt/data')).filter(([, content]) => content !== undefined));
}

async function expectCloned(sandbox: Sandbox, run: Run): Promise<void> {
  expect([await run.code(), run.output]).toEqual([0, expect.stringContaining('')]);
  expect(files(sandbox)).toEqual(CLONE);
}

/** While the script has no clone yet, there is no data directory. */
function expectNothing(sandbox: Sandbox): void {
  expect(sandbox.tree('mnt/data')).not.toHaveProperty(['mysql']);
}

test('an empty replica is filled from a donor: received, prepared, marked and moved into place', async () => {
  const { sandbox } = await emptyReplica();
  const run = sandbox.start('clone-mysql');
  await expectCloned(sandbox, run);
  expect(run.output).toMatch(/cloning from mysql-0: about \d+ MiB of cluster c-1/);
  expect(run.output).toMatch(/the clone of mysql-0 is complete after \d+ s/);
  expect(run.output).toContain('the clone of mysql-0 is in place');
});

test('the GTIDs of a backup are remembered, all lines of them', async () => {
  const backup = { ...BACKUP, xtrabackup_binlog_info: 'binlog.000002\t157\tuuid-1:1-7,\nuuid-2:1-3:5,\nuuid-3:1\n' };
  const { sandbox } = await emptyReplica(donor(stream(backup)));
  expect(await sandbox.start('clone-mysql').code()).toBe(0);
  expect(sandbox.read('mnt/data/mysql/.complete')).toContain('\ngtids=uuid-1:1-7,uuid-2:1-3:5,uuid-3:1\n');
});

test.each([0, 1])('mysql-%i with data has nothing to do', async (ordinal) => {
  const sandbox = new Sandbox(cluster, ordinal);
  sandbox.write({ 'mnt/data/mysql/.complete': 'cluster=c-1\n', 'mnt/data/mysql/ibdata1': 'pages' });
  const before = sandbox.tree('mnt/data');
  expect(await sandbox.start('clone-mysql').code()).toBe(0);
  expect(sandbox.tree('mnt/data')).toEqual(before);
});

describe('a stream counts as whole only when the backup says so itself', () => {
  const without = (...names: string[]) =>
    stream(Object.fromEntries(Object.entries(BACKUP).filter(([name]) => !names.includes(name))));
  const whole = stream();

  test.each<[string, Buffer, string]>([
    ['that ends before its first byte', Buffer.alloc(0), 'the stream from mysql-0 ended early'],
    ['that ends between two files', without('xtrabackup_checkpoints', 'xtrabackup_info'), 'ended early'],
    ['that lacks just its last file', without('xtrabackup_info'), 'ended early'],
    ['that lacks the checkpoints', without('xtrabackup_checkpoints'), 'ended early'],
    ['that breaks in a file', whole.subarray(0, 700), 'ended early'],
    ['of something else', Buffer.from('Segmentation fault\n'.repeat(99)), 'ended early'],
    ['of a partial backup', stream({ ...BACKUP, xtrabackup_info: 'partial = Y\n' }), 'ended early'],
    [
      'of an incremental backup',
      stream({ ...BACKUP, xtrabackup_checkpoints: 'backup_type = incremental\n' }),
      'ended early',
    ],
  ])('one %s is thrown away, and the next one taken', async (_, broken, reason) => {
    const { sandbox, primary } = await emptyReplica(donor(broken));
    const run = sandbox.start('clone-mysql');
    await run.waitForOutput(`no clone yet: `);
    await run.waitForOutput(reason);
    expectNothing(sandbox);
    primary.answers = donor();
    await expectCloned(sandbox, run);
  });

  test('one that xbstream does not like is thrown away, though it says that it is whole', async () => {
    const { sandbox } = await emptyReplica();
    const run = sandbox.start('clone-mysql', { fault: { command: 'xbstream', call: 1, effect: 'fails after' } });
    await run.waitForOutput('no clone yet: ');
    expectNothing(sandbox);
    await expectCloned(sandbox, run);
  });

  test('a donor that dies in mid stream is asked again', async () => {
    const { sandbox, primary } = await emptyReplica({
      ...donor(),
      clone: offering(`offer|mysql-0|c-1|${whole.length}`, (connection) =>
        connection.write(whole.subarray(0, 1200), () => connection.resetAndDestroy()),
      ),
    });
    const run = sandbox.start('clone-mysql');
    await run.waitForOutput('no clone yet: ');
    expectNothing(sandbox);
    primary.answers = donor();
    await expectCloned(sandbox, run);
  });

  test('one that stands still is given up after 5 minutes', async () => {
    const { sandbox, primary } = await emptyReplica({
      ...donor(),
      clone: offering(`offer|mysql-0|c-1|${whole.length}`, () => {}),
    });
    const run = sandbox.start('clone-mysql');
    await run.waitForOutput('cloning from mysql-0: 0 of about 0 MiB');
    await run.waitForOutput('nothing came for 300 s: giving up');
    expectNothing(sandbox);
    primary.answers = donor();
    await expectCloned(sandbox, run);
  });

  test('one whose donor is so busy that it misses questions is not given up', async () => {
    let asked = 0;
    const busy = {
      ...donor(),
      get state() {
        return asked++ % 3 ? '' : donor().state;
      },
      clone: offering(`offer|mysql-0|c-1|${whole.length}`, () => {}),
    };
    const { sandbox } = await emptyReplica(busy);
    const run = sandbox.start('clone-mysql');
    await run.waitForOutput('nothing came for ');
    expect(run.output).toContain('nothing came for 300 s: giving up');
  });

  test('one that stands still is given up soon when its donor is gone', async () => {
    const { sandbox, primary } = await emptyReplica({
      ...donor(),
      clone: offering(`offer|mysql-0|c-1|${whole.length}`, () => (primary.answers = {})),
    });
    const run = sandbox.start('clone-mysql');
    await run.waitForOutput('nothing came for 30 s: giving up');
    primary.answers = donor();
    await expectCloned(sandbox, run);
  });
});

describe('a backup that is received and not prepared', () => {
  test('is thrown away; the message has the end of what xtrabackup said', async () => {
    const { sandbox, primary } = await emptyReplica(donor(stream({ ...BACKUP, ibdata1: 'corrupt' })));
    const run = sandbox.start('clone-mysql');
    await run.waitForOutput('no clone yet: xtrabackup --prepare failed: the pages are corrupt');
    expectNothing(sandbox);
    primary.answers = donor();
    await expectCloned(sandbox, run);
  });

  test('is thrown away, too, when xtrabackup says success and the backup does not', async () => {
    const { sandbox } = await emptyReplica(donor(stream({ ...BACKUP, ibdata1: 'unfinished' })));
    const run = sandbox.start('clone-mysql');
    await run.waitForOutput('no clone yet: xtrabackup --prepare failed');
    expectNothing(sandbox);
  });
});

test('too little room is said before anything is received, with sizes', async () => {
  const { sandbox } = await emptyReplica({
    ...donor(),
    clone: `offer|mysql-0|c-1|${2 ** 50}`,
  });
  const run = sandbox.start('clone-mysql');
  await run.waitForOutput('too little room for a clone of 1073741824 MiB: ');
  await run.waitForOutput('Grow the claim data-mysql-1');
  expect(files(sandbox)).toEqual({});
});

describe('donors', () => {
  const refusing = (name: string, answer: string): Answers => ({ state: states.open(name, 'c-1'), clone: answer });

  test('are the predecessor, then other replicas, the primary last', async () => {
    const asked: string[] = [];
    const peer = async (name: string) => {
      const { ip } = await Peer.start(newIp(), {
        state: states.closed(name, 'c-1'),
        clone: (connection, prove) => {
          asked.push(name);
          connection.end(prove('refused|not now'));
        },
      });
      return [name, ip];
    };
    const names = ['mysql-0', 'mysql-1', 'mysql-2', 'mysql-4'];
    const sandbox = new Sandbox(cluster, 3);
    sandbox.write(secret());
    sandbox.setDnsForPods(Object.fromEntries(await Promise.all(names.map(peer))));
    const run = sandbox.start('clone-mysql');
    await run.waitForOutput('no clone yet: ');
    await run.waitUntil('all of them to be asked', () => asked.length >= 4);
    expect([asked[0], asked.slice(1, 3).sort(), asked[3]]).toEqual(['mysql-2', ['mysql-1', 'mysql-4'], 'mysql-0']);
  });

  test.each<[string, Answers, string]>([
    [
      'that is not ready',
      refusing('mysql-0', 'refused|mysql-0 is unready (closed): mysql-1'),
      'mysql-0 is unready (closed): mysql-1',
    ],
    ['that serves another clone', refusing('mysql-0', 'refused|mysql-0 serves another clone'), 'serves another clone'],
    ['that says nothing', {}, 'does not answer'],
    ['that does not take the proof', { state: DENIED, clone: DENIED }, 'does not answer'],
    ['that denies only the clone', { state: states.open('mysql-0', 'c-1'), clone: DENIED }, 'denied the request'],
  ])('one %s gives no clone; the replica waits for it', async (_, answers, reason) => {
    const { sandbox, primary } = await emptyReplica(answers);
    const run = sandbox.start('clone-mysql');
    await run.waitForOutput('no clone yet: ');
    await run.waitForOutput(reason);
    expectNothing(sandbox);
    primary.answers = donor();
    await expectCloned(sandbox, run);
  });

  test('that are not there are waited for', async () => {
    const sandbox = new Sandbox(cluster, 1);
    sandbox.write(secret());
    const run = sandbox.start('clone-mysql');
    await run.waitForOutput(`no clone yet: DNS does not resolve mysql-1.mysql to ${sandbox.ip} yet`);
    const primary = await Peer.start(newIp(), donor());
    sandbox.setDnsForPods({ 'mysql-0': primary.ip });
    await expectCloned(sandbox, run);
  });
});

describe('each moment', () => {
  async function stepsOfAClone() {
    const { sandbox } = await emptyReplica();
    await expectCloned(sandbox, sandbox.start('clone-mysql', { steps: true }));
    return sandbox.steps();
  }

  test('a command that fails leaves nothing or all of it, and is overcome by another attempt or the next start', async () => {
    const fatal = new Set<string>();
    const problems = await tryFaults(failures(withoutRepetitions(await stepsOfAClone())), async (fault) => {
      const { sandbox } = await emptyReplica();
      const run = sandbox.start('clone-mysql', { fault });
      const code = await run.code();
      if (code !== 0) {
        fatal.add(fault.command);
        await expectCloned(sandbox, sandbox.start('clone-mysql'));
      }
      if (code === 0 || 'mysql' in sandbox.tree('mnt/data')) expect(files(sandbox)).toMatchObject(CLONE);
    });
    expect(problems).toEqual([]);
    // When the renames fail, the next start of the container finishes them.
    expect([...fatal].sort()).toEqual(['mv', 'rm', 'sync']);
  });

  test('a kill leaves nothing or all of it, and the next start heals', async () => {
    const faults = kills(await stepsOfAClone());
    expect(faults).toEqual(
      expect.arrayContaining([
        { command: 'xbstream', call: 1, effect: 'killed after' },
        { command: 'xtrabackup', call: 1, effect: 'killed before' },
        { command: 'sync', call: 1, effect: 'killed after' },
        { command: 'mv', call: 1, effect: 'killed before' },
        { command: 'mv', call: 1, effect: 'killed after' },
      ]),
    );
    const problems = await tryFaults(faults, async (fault) => {
      const { sandbox } = await emptyReplica();
      expect(await sandbox.start('clone-mysql', { fault }).code()).toBe(null);
      const data = Object.entries(files(sandbox)).filter(([path]) => path.startsWith('mysql/'));
      if (data.length) expect(Object.fromEntries(data)).toEqual(CLONE);
      await expectCloned(sandbox, sandbox.start('clone-mysql'));
    });
    expect(problems).toEqual([]);
  });
});
