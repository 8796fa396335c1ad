import { BACKUP, donor, offering, stream } from '../sandbox/donor';
import { Fault } from '../sandbox/commands';
import { tryFaults } from '../sandbox/faults';
import { Answers, Peer } from '../sandbox/peer';
import { Pod, StartOptions } from '../sandbox/pod';
import { rendered } from '../sandbox/rendered';
import { stateOf } from '../sandbox/running-pod';
import { newIp, Sandbox } from '../sandbox/sandbox';
import { secret } from '../sandbox/secret';

const cluster = rendered();

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
  '.complete': 'origin=cloned from mysql-0\ncluster=c-1\ngtids=u:1-7\n',
  ibdata1: 'pages of the donor\n',
  'mysql/user.ibd': 'tables of the donor\n',
  redo: 'redo\n',
  state: state('u:1-7'),
};
/** What the sidecar then writes, when the new copy replicates. */
const REPLICATES = { ...NEW, '.replicating': 'from mysql-0\n', '.connected': 'to mysql-0\n' };

/** A primary that has purged what the old copy needs. */
const server = { mode: 'open', executed: 'u:1-7', purged: 'u:1-5' } as const;
const primaryAs = (changes: object = {}, clone = donor(stream(backup)).clone): Answers => ({
  state: stateOf('mysql-0', { ...server, ...changes }),
  clone,
});

/** The volume of mysql-1, which has a copy that cannot catch up, beside a primary. */
async function staleReplica(answers = primaryAs()): Promise<{ sandbox: Sandbox; primary: Peer }> {
  const primary = await Peer.start(newIp(), answers);
  const sandbox = new Sandbox(cluster, 1);
  sandbox.write(secret());
  sandbox.write(Object.fromEntries(Object.entries(OLD).map(([path, content]) => [`mnt/data/mysql/${path}`, content])));
  sandbox.setDnsForPods({ 'mysql-0': primary.ip });
  return { sandbox, primary };
}

/** The files below one directory of the volume. */
function files(sandbox: Sandbox, directory: string): Record<string, string | undefined> {
  const entries = Object.entries(sandbox.tree(`mnt/data/${directory}`));
  return Object.fromEntries(entries.filter(([, content]) => content !== undefined));
}

const exists = (sandbox: Sandbox, path: string) => {
  try {
    sandbox.read(path);
    return true;
  } catch {
    return false;
  }
};

/** The new copy is alone on the volume, mysqld runs on it and replicates, and never ran on one that was taken away. */
async function expectExchanged(pod: Pod): Promise<void> {
  const { sandbox } = pod;
  await pod.waitUntil(
    'the new copy to replicate',
    () => exists(sandbox, 'mnt/data/mysql/.connected') && isNew(sandbox),
  );
  await pod.waitUntil('the pod to be ready', () => /^ready /.test(statusOf(sandbox)));
  pod.stop();
  expect(files(sandbox, 'mysql')).toEqual(REPLICATES);
  expect(Object.keys(sandbox.tree('mnt/data')).filter((path) => !path.includes('/'))).toEqual(['mysql']);
  expect(exists(sandbox, 'server/violations')).toBe(false);
}

const isNew = (sandbox: Sandbox) => exists(sandbox, 'mnt/data/mysql/redo');
const statusOf = (sandbox: Sandbox) =>
  exists(sandbox, 'var/run/mysqld/status') ? sandbox.read('var/run/mysqld/status') : '';

/** The old copy is where it was, and mysqld runs on it. */
function expectOld(sandbox: Sandbox): void {
  expect(files(sandbox, 'mysql')).toEqual(OLD);
  expect(exists(sandbox, 'server/violations')).toBe(false);
}

test('a replica that cannot catch up gets a new copy in the place of the old one', async () => {
  const { sandbox } = await staleReplica();
  const pod = await Pod.start(sandbox);
  await pod.waitForOutput(
    'unready (cloning): takes a new clone: the primary has purged transactions that are missing here: u:4-5',
  );
  await expectExchanged(pod);
});

test('a person can ask for it, once', async () => {
  const { sandbox, primary } = await staleReplica(primaryAs({ purged: '' }));
  const pod = await Pod.start(sandbox);
  await pod.waitForOutput(' ready (replicating): from mysql-0');
  expect(primary.requests).not.toContain('clone');
  sandbox.write({ 'var/run/mysqld/clone-again': '' });
  await pod.waitForOutput('unready (cloning): takes a new clone: a person made ');
  await expectExchanged(pod);
  expect(exists(sandbox, 'var/run/mysqld/clone-again')).toBe(false);
  expect(primary.requests.filter((request) => request === 'clone')).toHaveLength(1);
});

test('what a person asked for is done once, even when a kill hits the last rename', async () => {
  const { sandbox, primary } = await staleReplica(primaryAs({ purged: '' }));
  const fault = { command: 'mv', argument: 'mysql', call: 1, effect: 'killed after' } as const;
  const pod = await Pod.start(sandbox, { xtrabackup: { fault } });
  sandbox.write({ 'var/run/mysqld/clone-again': '' });
  await pod.waitUntil('the sidecar to be killed', () => pod.killed.size > 0);
  pod.run('xtrabackup');
  await expectExchanged(pod);
  expect(primary.requests.filter((request) => request === 'clone')).toHaveLength(1);
});

test.each(['mv mysql.replaced', 'mv mysql', 'sync data', 'rm mysql.replaced'])(
  'when %s fails, mysqld does not wait for ever',
  async (step) => {
    const { sandbox } = await staleReplica();
    const [command, argument] = step.split(' ');
    const fault = { command, argument, call: command === 'sync' ? 3 : 1, effect: 'fails' } as const;
    const pod = await Pod.start(sandbox, { xtrabackup: { fault } });
    await pod.waitForOutput('the clone of mysql-0 is complete');
    await expectExchanged(pod);
  },
);

describe('the old copy may be the last one: it stays, and mysqld on it, while the primary', () => {
  test.each<[string, Answers, string]>([
    ['does not answer', {}, 'reads go on without the primary: mysql-0 does not answer'],
    ['is closed', primaryAs({ mode: 'closed' }), 'reads go on without the primary: it is not open'],
    ['has no server', { state: 'state|mysql-0|complete|c-1|down|||' }, 'its mysqld does not answer'],
    ['is restored', { state: 'state|mysql-0|restoring||down|||' }, 'it is being restored from a replica'],
    ['is of another cluster', primaryAs({ cluster: 'c-2' }), 'unready (fenced): this volume is of cluster c-1'],
    ['lacks what is here', primaryAs({ executed: 'u:1-2', purged: '' }), 'unready (fenced): holds transactions'],
  ])('%s', async (_, answers, text) => {
    const { sandbox, primary } = await staleReplica(answers);
    const pod = await Pod.start(sandbox);
    sandbox.write({ 'var/run/mysqld/clone-again': '' });
    await pod.waitForOutput(text);
    expect(primary.requests).not.toContain('clone');
    expectOld(sandbox);
    primary.answers = primaryAs();
    await expectExchanged(pod);
  });
});

describe('the old copy stays, the reason is said, and the next try succeeds, when the donor', () => {
  const header = (cluster: string, size: number) => `offer|mysql-0|${cluster}|${size}`;
  test.each<[string, Answers['clone'], string]>([
    [
      'has more than there is room for',
      offering(header('c-1', 2 ** 50), () => {
        throw new Error('it was begun');
      }),
      'or give up the old copy on it: delete the claim and the pod. The reason for it: the primary has purged',
    ],
    ['sends a stream that breaks', offering(header('c-1', 1024), (peer) => peer.end()), 'ended early'],
    [
      'is of another cluster',
      offering(header('c-2', 1024), () => {
        throw new Error('it was begun');
      }),
      'mysql-0 belongs to another cluster, c-2',
    ],
    ['is busy', 'refused|mysql-0 serves another clone', 'mysql-0 serves another clone'],
  ])('%s', async (_, clone, text) => {
    const { sandbox, primary } = await staleReplica(primaryAs({}, clone));
    const pod = await Pod.start(sandbox);
    await pod.waitForOutput('unready (cloning): no new clone yet: ');
    await pod.waitForOutput(text);
    expectOld(sandbox);
    primary.answers = primaryAs();
    await expectExchanged(pod);
  });
});

/** From here on the sidecar changes the volume, or what both containers share. */
const CHANGES = ['touch', 'mkdir', 'xbstream', 'xtrabackup', 'sync', 'mv', 'rm'];

/** Kills after each step of a container. The way to a step is the same, whatever the speed. */
async function killsOf(container: 'mysql' | 'xtrabackup'): Promise<Fault[]> {
  const { sandbox } = await staleReplica();
  const pod = await Pod.start(sandbox, { [container]: { steps: true } });
  await expectExchanged(pod);
  const steps = sandbox.distinctSteps().filter(({ command, argument }) => {
    return CHANGES.includes(command) ? argument !== 'status' : argument === 'SHUTDOWN';
  });
  return steps.map((step) => ({ ...step, effect: 'killed after' }));
}

const places = (faults: Fault[]) => faults.map(({ command, argument }) => `${command} ${argument}`);

/** Whichever copy is in its place is whole; between the renames the old one is beside it. */
function expectOneIsWhole(sandbox: Sandbox): string {
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

async function killedAt(fault: Fault, starts: StartOptions, heal: (pod: Pod) => Promise<Pod>): Promise<string> {
  const { sandbox } = await staleReplica();
  const pod = await Pod.start(sandbox, starts);
  await pod.waitUntil(`${fault.command} ${fault.argument} to be reached`, () => pod.killed.size > 0 || isNew(sandbox));
  await pod.waitUntil('the pod to be killed', () => pod.killed.size > 0);
  const found = expectOneIsWhole(sandbox);
  await expectExchanged(await heal(pod));
  return found;
}

const newPod = async (pod: Pod) => {
  pod.stop();
  return Pod.start(pod.sandbox);
};

describe('a kill after any step leaves the old copy or the new one whole, and the next start heals', () => {
  test.each<[string, (pod: Pod) => Promise<Pod>]>([
    [
      'of the container',
      (pod) => {
        pod.run('xtrabackup');
        return Promise.resolve(pod);
      },
    ],
    ['of the pod', newPod],
  ])('%s, when it hits the sidecar', async (_, heal) => {
    const faults = await killsOf('xtrabackup');
    expect(places(faults)).toEqual(
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
      const found = await killedAt(fault, { xtrabackup: { fault } }, heal);
      if (found !== 'in place') between.push(`${fault.command} ${fault.argument}`);
    });
    expect(problems).toEqual([]);
    expect(between).toEqual(['mv mysql.replaced']);
  });

  test.each<[string, (pod: Pod) => Promise<void>]>([
    ['runs', async (pod) => expectOld(pod.sandbox)],
    [
      'waits for the exchange',
      async (pod) => {
        pod.run('mysql');
        await pod.waitUntil('it to wait', () => exists(pod.sandbox, 'var/run/mysqld/parked'));
        pod.kill('mysql');
        await pod.waitUntil('mysql to be killed', () => pod.killed.has('mysql'));
      },
    ],
  ])('of the container mysql, while that %s: nothing is exchanged before it waits again', async (_, meanwhile) => {
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
  });
});
