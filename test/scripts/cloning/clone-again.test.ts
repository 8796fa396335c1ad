import { BACKUP, donor, offering, stream } from '../sandbox/donor';
import { Fault } from '../sandbox/commands';
import { tryFaults } from '../sandbox/faults';
import { Answers, Peer } from '../sandbox/peer';
import { Pod, StartOptions } from '../sandbox/pod';
import { byXtrabackup } from '../sandbox/rendered';
import { stateOf } from '../sandbox/running-pod';
import { newIp, Sandbox } from '../sandbox/sandbox';
import { secret } from '../sandbox/secret';

const cluster = byXtrabackup();

const state = (executed: string) => `${stateOf('mysql-1', { executed })}\n`;

const OLD = {
  '.complete': 'origin=cloned from mysql-0\ncluster=c-1\ngtids=u:1-2\n',
  '.replicating': 'from mysql-0\n',
  '.connected': 'to mysql-0\n',
  ibdata1: 'old pages\n',
  state: state('u:1-3'),
};

const backup = { ...BACKUP, xtrabackup_binlog_info: 'binlog.000002\t157\tu:1-7\n', state: state('u:1-7') };
const NEW = {
  '.complete': 'origin=cloned from mysql-0\ncluster=c-1\ngtids=u:1-7\ninstance=mysql-1\n',
  ibdata1: 'pages of the donor\n',
  'mysql/user.ibd': 'tables of the donor\n',
  redo: 'redo\n',
  state: state('u:1-7'),
};
/** The new copy after the sidecar has started replication on it. */
const REPLICATING = { ...NEW, '.replicating': 'from mysql-0\n', '.connected': 'to mysql-0\n' };

/** A primary that has purged transactions which the old copy needs. */
const purgedPrimary = { mode: 'open', executed: 'u:1-7', purged: 'u:1-5' } as const;
const primaryWith = (changes: object = {}, clone: Answers = donor(stream(backup))): Answers => ({
  ...clone,
  state: stateOf('mysql-0', { ...purgedPrimary, ...changes }),
});

/** A primary, and mysql-1, whose copy cannot catch up with it. */
async function staleReplica(answers = primaryWith()): Promise<{ sandbox: Sandbox; primary: Peer }> {
  const primary = await Peer.start(newIp(), answers);
  const sandbox = new Sandbox(cluster, 1);
  sandbox.write(secret());
  sandbox.mkdir('mnt/data/.reserve');
  sandbox.write(Object.fromEntries(Object.entries(OLD).map(([path, content]) => [`mnt/data/mysql/${path}`, content])));
  sandbox.setDnsForPods({ 'mysql-0': primary.ip });
  return { sandbox, primary };
}

/** What the sidecar notes in a data directory; these tests are about the rest. */
const NOTES = /^\.(openings|compared|fenced)/;

/** The files below a directory of the volume, without the notes. */
function files(sandbox: Sandbox, directory: string): Record<string, string | undefined> {
  const entries = Object.entries(sandbox.tree(`mnt/data/${directory}`));
  return Object.fromEntries(entries.filter(([path, content]) => content !== undefined && !NOTES.test(path)));
}

const exists = (sandbox: Sandbox, path: string) => {
  try {
    sandbox.read(path);
    return true;
  } catch {
    return false;
  }
};

/** The volume holds only the new copy, mysqld replicates on it, and no data directory was moved under a running mysqld. */
async function expectExchanged(pod: Pod): Promise<void> {
  const { sandbox } = pod;
  await pod.waitUntil(
    'the new copy to replicate',
    () => exists(sandbox, 'mnt/data/mysql/.connected') && hasNewCopy(sandbox),
  );
  await pod.waitUntil('the pod to be ready', () => /^ready /.test(verdictOf(sandbox)));
  pod.stop();
  expect(files(sandbox, 'mysql')).toEqual(REPLICATING);
  expect(Object.keys(sandbox.tree('mnt/data')).filter((path) => !path.includes('/'))).toEqual([
    '.reserve',
    '.temporary',
    'mysql',
  ]);
  expect(exists(sandbox, 'server/violations')).toBe(false);
}

const hasNewCopy = (sandbox: Sandbox) => exists(sandbox, 'mnt/data/mysql/redo');
const verdictOf = (sandbox: Sandbox) =>
  exists(sandbox, 'var/run/mysqld/status') ? sandbox.read('var/run/mysqld/status') : '';

/** The old copy is in place, unchanged, and mysqld has kept running on it. */
function expectOldCopy(sandbox: Sandbox): void {
  expect(files(sandbox, 'mysql')).toEqual(OLD);
  expect(exists(sandbox, 'server/violations')).toBe(false);
}

test('a replica that cannot catch up replaces its copy by a new clone', async () => {
  const { sandbox } = await staleReplica();
  const pod = await Pod.start(sandbox);
  await pod.waitForOutput(
    'unready (cloning): takes a new clone: the primary has purged transactions that are missing here: u:4-5',
  );
  await expectExchanged(pod);
});

test('a replica takes one new clone when a person requests it', async () => {
  const { sandbox, primary } = await staleReplica(primaryWith({ purged: '' }));
  const pod = await Pod.start(sandbox);
  await pod.waitForOutput(' ready (replicating): from mysql-0');
  expect(primary.requests).not.toContain('clone');
  sandbox.write({ 'var/run/mysqld/clone-again': '' });
  await pod.waitForOutput('unready (cloning): takes a new clone: a person made ');
  await expectExchanged(pod);
  expect(exists(sandbox, 'var/run/mysqld/clone-again')).toBe(false);
  expect(primary.requests.filter((request) => request === 'clone')).toHaveLength(1);
});

test('a replica takes one new clone at a request, even if the sidecar is killed after the last rename', async () => {
  const { sandbox, primary } = await staleReplica(primaryWith({ purged: '' }));
  const fault = { command: 'mv', argument: 'mysql', call: 1, effect: 'killed after' } as const;
  const pod = await Pod.start(sandbox, { xtrabackup: { fault } });
  sandbox.write({ 'var/run/mysqld/clone-again': '' });
  await pod.waitUntil('the sidecar to be killed', () => pod.killed.size > 0);
  pod.run('xtrabackup');
  await expectExchanged(pod);
  expect(primary.requests.filter((request) => request === 'clone')).toHaveLength(1);
});

test.each(['mv mysql.replaced', 'mv mysql', 'sync data', 'rm mysql.replaced'])(
  'the replica completes the exchange although the command %s fails once',
  async (step) => {
    const { sandbox } = await staleReplica();
    const [command, argument] = step.split(' ');
    const fault = { command, argument, call: command === 'sync' ? 3 : 1, effect: 'fails' } as const;
    const pod = await Pod.start(sandbox, { xtrabackup: { fault } });
    await pod.waitForOutput('the clone of mysql-0 is complete');
    await expectExchanged(pod);
  },
);

describe('a replica keeps its old copy, which may be the last one, and mysqld runs on it, while the primary', () => {
  test.each<[string, Answers, string]>([
    ['does not answer', {}, 'reads go on without the primary: mysql-0 does not answer'],
    ['is closed', primaryWith({ mode: 'closed' }), 'reads go on without the primary: it is not open'],
    ['has no running mysqld', { state: 'state|mysql-0|complete|c-1|down||||0:' }, 'its mysqld does not answer'],
    ['is being restored', { state: 'state|mysql-0|restoring||down||||0:' }, 'it is being restored from a replica'],
    ['belongs to another cluster', primaryWith({ cluster: 'c-2' }), 'unready (fenced): this volume is of cluster c-1'],
    [
      'lacks transactions of the replica',
      primaryWith({ executed: 'u:1-2', purged: '' }),
      'unready (fenced): holds transactions',
    ],
  ])('%s', async (_, answers, text) => {
    const { sandbox, primary } = await staleReplica(answers);
    const pod = await Pod.start(sandbox);
    sandbox.write({ 'var/run/mysqld/clone-again': '' });
    await pod.waitForOutput(text);
    expect(primary.requests).not.toContain('clone');
    expectOldCopy(sandbox);
    primary.answers = primaryWith();
    await expectExchanged(pod);
  });
});

describe('a replica keeps its old copy, logs the reason, and succeeds at a later attempt, when the donor', () => {
  const header = (cluster: string, size: number) => `offer|mysql-0|${cluster}|${size}`;
  test.each<[string, Answers, string]>([
    [
      'announces a clone that does not fit on the volume',
      offering(header('c-1', 2 ** 50), () => {
        throw new Error('the clone was started');
      }),
      'or give up the old copy on it: delete the claim and the pod. The reason for it: the primary has purged',
    ],
    ['sends a stream that breaks', offering(header('c-1', 1024), (peer) => peer.end()), 'ended early'],
    [
      'belongs to another cluster',
      offering(header('c-2', 1024), () => {
        throw new Error('the clone was started');
      }),
      'mysql-0 belongs to another cluster, c-2',
    ],
    ['serves another clone', { clone: 'refused|mysql-0 serves another clone' }, 'mysql-0 serves another clone'],
  ])('%s', async (_, clone, text) => {
    const { sandbox, primary } = await staleReplica(primaryWith({}, clone));
    const pod = await Pod.start(sandbox);
    await pod.waitForOutput('unready (cloning): no new clone yet: ');
    await pod.waitForOutput(text);
    expectOldCopy(sandbox);
    primary.answers = primaryWith();
    await expectExchanged(pod);
  });
});

test('where a clone does not fit, the replica also names the copy that an adoption has kept', async () => {
  const clone = offering(`offer|mysql-0|c-1|${2 ** 50}`, () => {
    throw new Error('the clone was started');
  });
  const { sandbox } = await staleReplica(primaryWith({}, clone));
  sandbox.mkdir('mnt/data/mysql.before-adoption');
  const pod = await Pod.start(sandbox);
  await pod.waitForOutput('/mnt/data/mysql.before-adoption. The reason for it: the primary has purged');
  pod.stop();
});

/** The commands by which the sidecar changes the volume, or a file that both containers read. */
const CHANGING = ['touch', 'mkdir', 'xbstream', 'xtrabackup', 'sync', 'mv', 'rm'];

/** A kill after each distinct step of a container. Distinct steps do not depend on the speed of the machine. */
async function killsAfterSteps(container: 'mysql' | 'xtrabackup'): Promise<Fault[]> {
  const { sandbox } = await staleReplica();
  const pod = await Pod.start(sandbox, { [container]: { steps: true } });
  await expectExchanged(pod);
  const steps = sandbox.distinctSteps().filter(({ command, argument }) => {
    return CHANGING.includes(command) ? argument !== 'status' : argument === 'SHUTDOWN';
  });
  return steps.map((step) => ({ ...step, effect: 'killed after' }));
}

const stepNames = (faults: Fault[]) => faults.map(({ command, argument }) => `${command} ${argument}`);

/** One complete copy is in place; between the two renames, both copies are complete under other names. */
function expectCompleteCopy(sandbox: Sandbox): string {
  const volume = sandbox.tree('mnt/data');
  if (volume['mysql/.complete'] === OLD['.complete']) expect(files(sandbox, 'mysql')).toEqual(OLD);
  else if (volume['mysql/.complete']) expect(files(sandbox, 'mysql')).toMatchObject(NEW);
  else {
    expect(files(sandbox, 'mysql.replaced')).toEqual(OLD);
    expect(files(sandbox, 'mysql.staging')).toEqual(NEW);
    return 'between the renames';
  }
  return 'in place';
}

async function killAndRecover(
  fault: Fault,
  options: StartOptions,
  recover: (pod: Pod) => Promise<Pod>,
): Promise<string> {
  const { sandbox } = await staleReplica();
  const pod = await Pod.start(sandbox, options);
  await pod.waitUntil(
    `${fault.command} ${fault.argument} to be reached`,
    () => pod.killed.size > 0 || hasNewCopy(sandbox),
  );
  await pod.waitUntil('the pod to be killed', () => pod.killed.size > 0);
  const found = expectCompleteCopy(sandbox);
  await expectExchanged(await recover(pod));
  return found;
}

const newPod = async (pod: Pod) => {
  pod.stop();
  return Pod.start(pod.sandbox);
};

describe('a kill after any step leaves the old or the new copy complete, and the next start finishes the exchange', () => {
  test.each<[string, (pod: Pod) => Promise<Pod>]>([
    [
      'when the sidecar is killed and restarts in the same pod',
      (pod) => {
        pod.run('xtrabackup');
        return Promise.resolve(pod);
      },
    ],
    ['when the sidecar is killed and the pod is replaced', newPod],
  ])('%s', async (_, recover) => {
    const faults = await killsAfterSteps('xtrabackup');
    expect(stepNames(faults)).toEqual(
      expect.arrayContaining([
        'mkdir mysql.staging',
        'xtrabackup mysql.staging',
        'mv .complete',
        'touch exchange',
        'mysql SHUTDOWN',
        'mv mysql.replaced',
        'mv mysql',
        'rm mysql.replaced',
      ]),
    );
    const between: string[] = [];
    const problems = await tryFaults(faults, async (fault) => {
      const found = await killAndRecover(fault, { xtrabackup: { fault } }, recover);
      if (found !== 'in place') between.push(`${fault.command} ${fault.argument}`);
    });
    expect(problems).toEqual([]);
    expect(between).toEqual(['mv mysql.replaced']);
  });

  test.each<[string, (pod: Pod) => Promise<void>]>([
    ['has not started again', async (pod) => expectOldCopy(pod.sandbox)],
    [
      'waits for the exchange and is killed again',
      async (pod) => {
        pod.run('mysql');
        await pod.waitUntil('mysql to wait', () => exists(pod.sandbox, 'var/run/mysqld/parked'));
        pod.kill('mysql');
        await pod.waitUntil('mysql to be killed', () => pod.killed.has('mysql'));
      },
    ],
  ])(
    'when both containers are killed; the sidecar exchanges nothing while the container mysql %s',
    async (_, meanwhile) => {
      const { sandbox } = await staleReplica();
      const fault = { command: 'touch', argument: 'exchange', call: 1, effect: 'killed after' } as const;
      const pod = await Pod.start(sandbox, { xtrabackup: { fault } });
      await pod.waitUntil('the sidecar to be killed', () => pod.killed.has('xtrabackup'));
      pod.kill('mysql');
      await pod.waitUntil('mysql to be killed', () => pod.killed.has('mysql'));
      await meanwhile(pod);
      pod.output = '';
      pod.run('xtrabackup');
      await pod.waitForOutput('waiting for mysqld to end');
      expect([files(sandbox, 'mysql'), files(sandbox, 'mysql.staging')]).toEqual([OLD, NEW]);
      pod.run('mysql');
      await expectExchanged(pod);
    },
  );
});
