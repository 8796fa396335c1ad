import { CloneMethod } from '../../../lib';
import { certificates, makeCertificates } from '../sandbox/certificates';
import { BACKUP, CLONE, donor, offering, stream } from '../sandbox/donor';
import { failures, kills, tryFaults, withoutRepetitions } from '../sandbox/faults';
import { OWN_OPTIONS } from '../sandbox/own-options';
import { Answers, DENIED, Peer, states } from '../sandbox/peer';
import { byXtrabackup, rendered } from '../sandbox/rendered';
import { newIp, Run, Sandbox } from '../sandbox/sandbox';
import { secret } from '../sandbox/secret';

const cluster = byXtrabackup();
const byPlugin = rendered({
  cloneMethod: CloneMethod.clonePlugin(),
  settings: {
    all: {
      innodb_page_size: '8K',
      character_set_server: 'latin1',
      plugin_load_add: 'semisync_replica.so',
      innodb_buffer_pool_size: '6G',
    },
  },
});
/** What init-mysql leaves for the recipient's server. */
const CONFIGURATION = { 'mnt/conf.d/replica.cnf': byPlugin.configMap['replica.cnf'] };

/** A primary, and the pod of mysql-1, whose volume is empty. */
async function emptyReplica(answers: Answers = donor()): Promise<{ sandbox: Sandbox; primary: Peer }> {
  const primary = await Peer.start(newIp(), answers);
  const sandbox = new Sandbox(cluster, 1);
  sandbox.write(secret());
  sandbox.setDnsForPods({ 'mysql-0': primary.ip });
  return { sandbox, primary };
}

/** The files of a volume, without its directories. */
function files(sandbox: Sandbox): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(sandbox.tree('mnt/data')).filter(([, content]) => content !== undefined));
}

async function expectCloned(sandbox: Sandbox, run: Run): Promise<void> {
  expect([await run.code(), run.output]).toEqual([0, expect.stringContaining('')]);
  expect(files(sandbox)).toEqual(CLONE);
}

/** The volume has no data directory, because the script has no clone yet. */
function expectNoDataDirectory(sandbox: Sandbox): void {
  expect(sandbox.tree('mnt/data')).not.toHaveProperty(['mysql']);
}

test('an empty replica takes a clone of a donor: it receives, prepares and marks it, and moves it into place', async () => {
  const { sandbox } = await emptyReplica();
  const run = sandbox.start('clone-mysql');
  await expectCloned(sandbox, run);
  expect(run.output).toMatch(/cloning from mysql-0: about \d+ MiB of cluster c-1/);
  expect(run.output).toMatch(/the clone of mysql-0 is complete after \d+ s/);
  expect(run.output).toContain('the clone of mysql-0 is in place');
});

test('the mark records all GTIDs of a backup, from every line', async () => {
  const backup = { ...BACKUP, xtrabackup_binlog_info: 'binlog.000002\t157\tuuid-1:1-7,\nuuid-2:1-3:5,\nuuid-3:1\n' };
  const { sandbox } = await emptyReplica(donor(stream(backup)));
  expect(await sandbox.start('clone-mysql').code()).toBe(0);
  expect(sandbox.read('mnt/data/mysql/.complete')).toContain('\ngtids=uuid-1:1-7,uuid-2:1-3:5,uuid-3:1\n');
});

test.each([0, 1])('mysql-%i changes nothing when its volume has data', async (ordinal) => {
  const sandbox = new Sandbox(cluster, ordinal);
  sandbox.write({ 'mnt/data/mysql/.complete': 'cluster=c-1\n', 'mnt/data/mysql/ibdata1': 'pages' });
  const before = sandbox.tree('mnt/data');
  expect(await sandbox.start('clone-mysql').code()).toBe(0);
  expect(sandbox.tree('mnt/data')).toEqual(before);
});

describe('clone-mysql accepts a stream as complete only if the files of the backup say so', () => {
  const without = (...names: string[]) =>
    stream(Object.fromEntries(Object.entries(BACKUP).filter(([name]) => !names.includes(name))));
  const complete = stream();

  test.each<[string, Buffer, string]>([
    ['a stream that ends before its first byte', Buffer.alloc(0), 'the stream from mysql-0 ended early'],
    ['a stream that ends between two files', without('xtrabackup_checkpoints', 'xtrabackup_info'), 'ended early'],
    ['a stream that lacks only its last file', without('xtrabackup_info'), 'ended early'],
    ['a stream that lacks the checkpoints', without('xtrabackup_checkpoints'), 'ended early'],
    ['a stream that breaks in a file', complete.subarray(0, 700), 'ended early'],
    ['a stream that is no backup', Buffer.from('Segmentation fault\n'.repeat(99)), 'ended early'],
    ['a partial backup', stream({ ...BACKUP, xtrabackup_info: 'partial = Y\n' }), 'ended early'],
    [
      'an incremental backup',
      stream({ ...BACKUP, xtrabackup_checkpoints: 'backup_type = incremental\n' }),
      'ended early',
    ],
  ])('it discards %s, and takes the next one', async (_, broken, reason) => {
    const { sandbox, primary } = await emptyReplica(donor(broken));
    const run = sandbox.start('clone-mysql');
    await run.waitForOutput(`no clone yet: `);
    await run.waitForOutput(reason);
    expectNoDataDirectory(sandbox);
    primary.answers = donor();
    await expectCloned(sandbox, run);
  });

  test('it discards a stream that is complete by its files if xbstream fails', async () => {
    const { sandbox } = await emptyReplica();
    const run = sandbox.start('clone-mysql', { fault: { command: 'xbstream', call: 1, effect: 'fails after' } });
    await run.waitForOutput('no clone yet: ');
    expectNoDataDirectory(sandbox);
    await expectCloned(sandbox, run);
  });

  test('it asks a donor again that has died during the stream', async () => {
    const { sandbox, primary } = await emptyReplica({
      ...donor(),
      ...offering(`offer|mysql-0|c-1|${complete.length}`, (connection) =>
        connection.write(complete.subarray(0, 1200), () => connection.destroy()),
      ),
    });
    const run = sandbox.start('clone-mysql');
    await run.waitForOutput('no clone yet: ');
    expectNoDataDirectory(sandbox);
    primary.answers = donor();
    await expectCloned(sandbox, run);
  });

  /** A replica whose donor offers a clone and sends nothing, 1000 s after the start of the node. */
  const stalled = async (answers: Answers = {}) => {
    const replica = await emptyReplica({
      ...donor(),
      ...offering(`offer|mysql-0|c-1|${complete.length}`, () => {}),
      ...answers,
    });
    const run = replica.sandbox.start('clone-mysql', { steps: true });
    const measures = () => replica.sandbox.steps().filter(({ command }) => command === 'du').length;
    /** Lets 10 s pass on the pod's clock, again and again, until its log has a text. */
    const passTime = async (text: string) => {
      for (let now = 1000; !run.output.includes(text); now += 10) {
        if (now > 3000) throw new Error(`half an hour has passed without "${text}":\n${run.output}`);
        replica.sandbox.setUptime(now);
        const before = measures();
        // The second measure after the clock has moved belongs to a look that has seen it.
        await run.waitUntil('a look', () => run.output.includes(text) || measures() >= before + 2);
      }
    };
    await run.waitForOutput('cloning from mysql-0: about ');
    return { ...replica, run, passTime };
  };

  test('it gives up a donor that sends nothing for 5 minutes, and is more patient from then on', async () => {
    const { sandbox, primary, run, passTime } = await stalled();
    await passTime('nothing for 250 s, but mysql-0 is still there');
    expect(run.output).not.toContain('giving up');
    await passTime('from now on, a donor has 60 s to answer, and 600 s without a byte');
    expect(run.output).toMatch(/nothing came for 3\d\d s: giving up/);
    expectNoDataDirectory(sandbox);
    primary.answers = donor();
    await expectCloned(sandbox, run);
  });

  test('it gives up a donor that is gone', async () => {
    const { sandbox, primary, run, passTime } = await stalled();
    await passTime('but mysql-0 is still there');
    primary.stopListening();
    await run.waitForOutput('mysql-0 is gone: giving up');
    expect(run.output).not.toContain('from now on');
    expectNoDataDirectory(sandbox);
  });
});

describe('clone-mysql takes data only inside TLS, from the server of the CA that the donor has proved', () => {
  test('by XtraBackup', async () => {
    const other = Buffer.from(makeCertificates()['ca.pem']).toString('base64');
    const { sandbox, primary } = await emptyReplica({ ...donor(), certificate: `certificate|mysql-0|${other}` });
    const run = sandbox.start('clone-mysql');
    await run.waitForOutput('no clone yet: mysql-0 sends no clone on port 3308: socat E ');
    expect(primary.requests).not.toContain('stream');
    expectNoDataDirectory(sandbox);
    primary.answers = donor();
    await expectCloned(sandbox, run);
  });

  test('by the CLONE plugin', async () => {
    const { sandbox } = await emptyReplica();
    sandbox.apply(byPlugin);
    sandbox.write(CONFIGURATION);
    const run = sandbox.start('clone-mysql');
    await run.waitForOutput('no clone yet: ');
    const statements = sandbox.read('mnt/data/mysql.recipient/sql');
    expect(statements).toContain(
      `SET GLOBAL clone_valid_donor_list = 'mysql-0.mysql:3306', clone_ssl_ca = '${sandbox.path('tmp/donor.pem')}';\n`,
    );
    expect(statements).toMatch(/CLONE INSTANCE FROM 'backup'@'mysql-0\.mysql':3306 .* REQUIRE SSL;/);
    expect(sandbox.read('tmp/donor.pem')).toBe(certificates()['ca.pem']);
  });

  test.each(['refused|mysql-0 has no certificate yet', 'certificate|mysql-0|', 'certificate|mysql-0|$(id)'])(
    'and nothing while the donor answers %s',
    async (certificate) => {
      const { sandbox, primary } = await emptyReplica({ ...donor(), certificate });
      const run = sandbox.start('clone-mysql');
      await run.waitForOutput('no clone yet: mysql-0 does not tell the CA of its server');
      expect(primary.requests).not.toContain('stream');
      expectNoDataDirectory(sandbox);
    },
  );

  test('and sends the password nowhere', async () => {
    const { sandbox, primary } = await emptyReplica();
    await expectCloned(sandbox, sandbox.start('clone-mysql'));
    expect(primary.requests).toContain('stream');
    expect(primary.received).toMatch(/^[0-9a-f]{64} /);
    expect(primary.received).not.toContain('the password of backup');
  });
});

describe('the recipient of a clone by the CLONE plugin', () => {
  const waiting = async () => {
    const { sandbox, primary } = await emptyReplica({ state: states.open('mysql-0', 'c-1') });
    sandbox.apply(byPlugin);
    sandbox.write(CONFIGURATION);
    const run = sandbox.start('clone-mysql');
    return { sandbox, primary, run };
  };
  const servers = (sandbox: Sandbox) => sandbox.read('log').match(/^mysqld .*$/gm) ?? [];
  const isRunning = (sandbox: Sandbox) => sandbox.has('tmp/temporary.sock');

  test('starts its server before a donor is ready, and once', async () => {
    const { sandbox, primary, run } = await waiting();
    await run.waitForOutput('no clone yet: ');
    await run.waitUntil('the server to run', () => isRunning(sandbox));
    primary.answers = donor();
    await run.waitForOutput('no clone from mysql-0: ');
    expect(servers(sandbox)).toHaveLength(2);
    const [initialize, serve] = servers(sandbox);
    expect(initialize).toMatch(/ --datadir=\S+\/mnt\/data\/mysql\.recipient .*--initialize-insecure$/);
    expect(serve).toContain(' --skip-networking');
    for (const server of [initialize, serve]) expect(server).toContain(' --loose-innodb-redo-log-capacity=8M ');
  });

  test('leaves nothing on the volume or in memory when the clone is complete', async () => {
    const { sandbox, primary, run } = await waiting();
    sandbox.write({ 'donor/ibdata1': 'pages of the donor\n' });
    primary.answers = donor();
    expect([await run.code(), run.output]).toEqual([0, expect.stringContaining('the clone of mysql-0 is in place')]);
    expect(files(sandbox)).toEqual({
      'mysql/.complete': 'origin=cloned from mysql-0\ncluster=c-1\ngtids=u:1-7\ninstance=mysql-1\n',
      'mysql/ibdata1': 'pages of the donor\n',
    });
    expect(() => process.kill(Number(sandbox.read('mysqld.pid')), 0)).toThrow('ESRCH');
  });

  test.each(['init-mysql', 'clone-mysql'])('leaves nothing that the next start of %s does not wipe', async (script) => {
    const { sandbox, run } = await waiting();
    await run.waitUntil('the server to run', () => isRunning(sandbox));
    run.kill();
    expect(sandbox.has('mnt/data/mysql.recipient/ibdata1')).toBe(true);
    sandbox.write({ 'mnt/data/mysql.recipient/left': '' });
    const next = sandbox.start(script);
    await next.waitUntil('the old data to be gone', () => !sandbox.has('mnt/data/mysql.recipient/left'));
  });

  test('starts its server although one that was killed, in another container, has left the lock of its socket', async () => {
    const { sandbox } = await emptyReplica();
    sandbox.apply(byPlugin);
    sandbox.write({ ...CONFIGURATION, 'tmp/temporary.sock.lock': '1\n' });
    const run = sandbox.start('clone-mysql');
    await run.waitUntil('the server to run', () => isRunning(sandbox));
  });

  test('says that its server was killed before it answered', async () => {
    const { sandbox, primary } = await emptyReplica(donor());
    sandbox.apply(byPlugin);
    sandbox.write(CONFIGURATION);
    const run = sandbox.start('clone-mysql', { env: { KILLED: 'yes' } });
    await run.waitForOutput('no clone yet: the temporary server was killed, as for too little memory');
    expectNoDataDirectory(sandbox);
    expect(primary.requests).toContain('clone');
  });

  test('names the errors of a server that does not start', async () => {
    const { sandbox, primary } = await emptyReplica();
    sandbox.apply(byPlugin);
    sandbox.write(CONFIGURATION);
    primary.answers = donor();
    const run = sandbox.start('clone-mysql', { env: { CORRUPT: 'yes' } });
    await run.waitForOutput('no clone yet: the temporary server did not start: [ERROR] ');
    expect(run.output).toMatch(/did not start: \[ERROR\] \S+ is not initialized \[ERROR\] Aborting$/m);
  });

  test('gives its server the settings that a clone needs, and no other', async () => {
    const { sandbox, run } = await waiting();
    await run.waitUntil('the server to run', () => isRunning(sandbox));
    expect(sandbox.read('tmp/temporary.cnf')).toBe(`${OWN_OPTIONS}innodb-page-size=8K
character-set-server=latin1
plugin-load-add=mysql_clone.so;semisync_replica.so
`);
  });

  test('asks a donor that serves another clone again soon, with the same server', async () => {
    const { sandbox, primary, run } = await waiting();
    sandbox.write({ 'busy-donor': '' });
    primary.answers = donor();
    await run.waitForOutput('no clone yet: mysql-0 serves another clone');
    await run.waitUntil('the next try', () => run.output.split('no clone from mysql-0: ').length > 2);
    expect(servers(sandbox)).toHaveLength(2);
    expectNoDataDirectory(sandbox);
  });

  test('starts another server when the first one has ended before a donor is ready', async () => {
    const { sandbox, primary, run } = await waiting();
    await run.waitUntil('the server to run', () => isRunning(sandbox));
    process.kill(Number(sandbox.read('mysqld.pid')), 'SIGKILL');
    sandbox.remove('tmp/temporary.sock');
    primary.answers = donor();
    await run.waitForOutput('no clone from mysql-0: ');
    expect(servers(sandbox)).toHaveLength(4);
  });
});

describe('clone-mysql discards a backup', () => {
  test('when xtrabackup --prepare fails, and logs its errors', async () => {
    const { sandbox, primary } = await emptyReplica(donor(stream({ ...BACKUP, ibdata1: 'corrupt' })));
    const run = sandbox.start('clone-mysql');
    await run.waitForOutput('no clone yet: xtrabackup --prepare failed: [ERROR] the pages are corrupt\n');
    expectNoDataDirectory(sandbox);
    primary.answers = donor();
    await expectCloned(sandbox, run);
  });

  test('when xtrabackup --prepare succeeds and the checkpoints do not say prepared', async () => {
    const { sandbox } = await emptyReplica(donor(stream({ ...BACKUP, ibdata1: 'unfinished' })));
    const run = sandbox.start('clone-mysql');
    await run.waitForOutput('no clone yet: xtrabackup --prepare failed');
    expectNoDataDirectory(sandbox);
  });
});

test('clone-mysql logs that the volume is too small, with sizes, before it receives anything', async () => {
  const { sandbox } = await emptyReplica({
    ...donor(),
    clone: `offer|mysql-0|c-1|${2 ** 50}`,
  });
  const run = sandbox.start('clone-mysql');
  await run.waitForOutput('too little room for a clone of 1073741824 MiB: ');
  await run.waitForOutput('Grow the claim data-mysql-1');
  expect(files(sandbox)).toEqual({});
});

describe('clone-mysql', () => {
  const refusingDonor = (name: string, answer: string): Answers => ({ state: states.open(name, 'c-1'), clone: answer });

  test('asks its predecessor first, then the other replicas, and the primary last', async () => {
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
    await run.waitUntil('all donors to be asked', () => asked.length >= 4);
    expect([asked[0], asked.slice(1, 3).sort(), asked[3]]).toEqual(['mysql-2', ['mysql-1', 'mysql-4'], 'mysql-0']);
  });

  test.each<[string, Answers, string]>([
    [
      'is not ready',
      refusingDonor('mysql-0', 'refused|mysql-0 is unready (closed): mysql-1'),
      'mysql-0 is unready (closed): mysql-1',
    ],
    ['serves another clone', refusingDonor('mysql-0', 'refused|mysql-0 serves another clone'), 'serves another clone'],
    ['does not answer', {}, 'does not answer'],
    ['does not accept the proof', { state: DENIED, clone: DENIED }, 'does not answer'],
    ['denies only the clone', { state: states.open('mysql-0', 'c-1'), clone: DENIED }, 'denied the request'],
  ])('waits while the only donor %s', async (_, answers, reason) => {
    const { sandbox, primary } = await emptyReplica(answers);
    const run = sandbox.start('clone-mysql');
    await run.waitForOutput('no clone yet: ');
    await run.waitForOutput(reason);
    expectNoDataDirectory(sandbox);
    primary.answers = donor();
    await expectCloned(sandbox, run);
  });

  test('waits until DNS knows its pod and a donor', async () => {
    const sandbox = new Sandbox(cluster, 1);
    sandbox.write(secret());
    const run = sandbox.start('clone-mysql');
    await run.waitForOutput(`no clone yet: DNS does not resolve mysql-1.mysql to ${sandbox.ip} yet`);
    const primary = await Peer.start(newIp(), donor());
    sandbox.setDnsForPods({ 'mysql-0': primary.ip });
    await expectCloned(sandbox, run);
  });
});

describe('at any moment of a clone', () => {
  async function stepsOfAClone() {
    const { sandbox } = await emptyReplica();
    await expectCloned(sandbox, sandbox.start('clone-mysql', { steps: true }));
    return sandbox.steps();
  }

  test('a failing command leaves no data directory or a complete one, and another attempt or the next start completes the clone', async () => {
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

  test('a kill leaves no data directory or a complete one, and the next start completes the clone', async () => {
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
