import { PodManagementPolicy } from 'cdk8s-plus-28';
import { Initialize } from '../../../lib';
import { BACKUP, donor, stream } from '../sandbox/donor';
import { kills, tryFaults } from '../sandbox/faults';
import { Answers, Peer } from '../sandbox/peer';
import { byXtrabackup } from '../sandbox/rendered';
import { stateOf } from '../sandbox/running-pod';
import { newIp, Run, Sandbox } from '../sandbox/sandbox';
import { secret } from '../sandbox/secret';

const parallel = byXtrabackup({ initialize: Initialize.fromReplica() });
const ordered = byXtrabackup({
  initialize: Initialize.fromReplica(),
  podManagementPolicy: PodManagementPolicy.ORDERED_READY,
});

interface Replica {
  readonly cluster?: string;
  /** GTIDs, such as `u:1,u:2`. */
  readonly executed: string;
  readonly received?: string;
}

/** The answers of a replica, whose backup contains its name. */
function replica(name: string, { cluster, executed, received }: Replica): Answers {
  const backup = stream({ ...BACKUP, ibdata1: `pages of ${name}\n` });
  const missing = (gtids: string) => gtids.split(',').filter((gtid) => gtid && !executed.split(',').includes(gtid));
  return {
    ...donor(backup, name),
    state: stateOf(name, { cluster, executed, received }),
    lacks: (gtids) => `lacks|${name}|${[...new Set(missing(gtids))].join(',')}`,
  };
}

const DOWN: Answers = { state: 'state|mysql-2|complete|c-1|down||||0:' };
const ALL = { executed: 'u:1,u:2,u:3' };
const FEWER = { executed: 'u:1,u:2' };

/** The pod of mysql-0, whose volume is lost, and its peers. */
async function lostPrimary(peers: Answers[], cluster = parallel): Promise<{ sandbox: Sandbox; peers: Peer[] }> {
  const started = await Promise.all(peers.map((answers) => Peer.start(newIp(), answers)));
  const sandbox = new Sandbox(cluster, 0);
  sandbox.write(secret());
  sandbox.setDnsForPods(Object.fromEntries(started.map(({ ip }, i) => [`mysql-${i + 1}`, ip])));
  return { sandbox, peers: started };
}

async function expectRestored(sandbox: Sandbox, run: Run, from: string): Promise<void> {
  expect([await run.code(), run.output]).toEqual([0, expect.anything()]);
  const { 'mysql/.complete': mark, 'mysql/ibdata1': pages, ...others } = sandbox.tree('mnt/data');
  expect([mark, pages]).toEqual([
    `origin=cloned from ${from}\ncluster=c-1\ngtids=uuid-1:1-7\ninstance=mysql-0\n`,
    `pages of ${from}\n`,
  ]);
  expect(Object.keys(others).filter((path) => !/^(mysql\/|\.temporary$)/.test(path))).toEqual(['mysql']);
}

const cloned = (peers: Peer[]) => peers.map(({ requests }) => requests.filter((request) => request === 'clone').length);

describe('the primary takes a clone of the replica that has every transaction of all replicas:', () => {
  test.each<[string, Replica, Replica, string]>([
    ['mysql-1', ALL, FEWER, 'mysql-1'],
    ['mysql-2', FEWER, ALL, 'mysql-2'],
    ['mysql-2, which has executed what mysql-1 has only received', { ...FEWER, received: 'u:3' }, ALL, 'mysql-2'],
  ])('%s', async (_, one, two, newest) => {
    const { sandbox, peers } = await lostPrimary([replica('mysql-1', one), replica('mysql-2', two)]);
    await expectRestored(sandbox, sandbox.start('clone-mysql'), newest);
    expect(cloned(peers)).toEqual(newest === 'mysql-1' ? [1, 0] : [0, 1]);
  });

  test.each([0, 1])('the other one of two equal replicas, when the one with index %i refuses', async (refuses) => {
    const answers = [replica('mysql-1', ALL), replica('mysql-2', ALL)];
    answers[refuses] = { ...answers[refuses], clone: 'refused|it has not replicated since its clone' };
    const { sandbox, peers } = await lostPrimary(answers);
    await expectRestored(sandbox, sandbox.start('clone-mysql'), `mysql-${2 - refuses}`);
    expect(cloned(peers)[1 - refuses]).toBe(1);
  });

  test('an empty replica does not count', async () => {
    const { sandbox } = await lostPrimary([{ state: 'state|mysql-1|empty||down||||0:' }, replica('mysql-2', ALL)]);
    await expectRestored(sandbox, sandbox.start('clone-mysql'), 'mysql-2');
  });
});

describe('the primary takes no clone, and logs the reason, while', () => {
  const good = replica('mysql-1', ALL);
  test.each<[string, Answers[], string]>([
    ['one replica does not answer', [good, {}], 'does not answer, and may hold the newest transactions'],
    [
      'mysqld of one replica is down',
      [good, DOWN],
      'mysqld of mysql-2 does not answer, and may hold the newest transactions',
    ],
    [
      'the replicas belong to different clusters',
      [good, replica('mysql-2', { ...FEWER, cluster: 'c-2' })],
      ' is of cluster c-',
    ],
    [
      'no replica has every transaction',
      [good, replica('mysql-2', { executed: 'u:1,v:1' })],
      'no replica has every transaction of all replicas',
    ],
    [
      'a replica has received a transaction that none has executed',
      [good, replica('mysql-2', { ...FEWER, received: 'u:4' })],
      'no replica has every transaction of all replicas',
    ],
    [
      'the newest replica refuses to serve a clone',
      [{ ...good, clone: 'refused|mysql-1 is unready (stopped): the applier stopped' }, replica('mysql-2', FEWER)],
      'mysql-1 is unready (stopped): the applier stopped',
    ],
    [
      'no replica holds data',
      [1, 2].map((i) => ({ state: `state|mysql-${i}|empty||down||||0:` })),
      'no replica holds data',
    ],
  ])('%s', async (_, answers, reason) => {
    const { sandbox, peers } = await lostPrimary(answers);
    const run = sandbox.start('clone-mysql');
    await run.waitForOutput('no clone yet: ');
    await run.waitForOutput(reason);
    expect(sandbox.tree('mnt/data')).toEqual({});
    peers[0].answers = good;
    peers[1].answers = replica('mysql-2', FEWER);
    await expectRestored(sandbox, run, 'mysql-1');
    expect(cloned(peers)[1]).toBe(0);
  });

  test('DNS does not know its pod', async () => {
    const { sandbox, peers } = await lostPrimary([good, replica('mysql-2', FEWER)]);
    sandbox.remove('hosts');
    const run = sandbox.start('clone-mysql');
    await run.waitForOutput(`no clone yet: DNS does not resolve mysql-0.mysql to ${sandbox.ip} yet`);
    sandbox.setDnsForPods({ 'mysql-1': peers[0].ip, 'mysql-2': peers[1].ip });
    await expectRestored(sandbox, run, 'mysql-1');
  });

  test('DNS does not know one of the replicas, which may be the newest', async () => {
    const { sandbox, peers } = await lostPrimary([good, replica('mysql-2', FEWER)]);
    sandbox.setDnsForPods({ 'mysql-1': peers[0].ip });
    const run = sandbox.start('clone-mysql');
    await run.waitForOutput('no clone yet: DNS knows 1 of 2 replicas, and each may hold the newest transactions');
    expect(run.output).not.toContain('OrderedReady');
    expect(sandbox.tree('mnt/data')).toEqual({});
    sandbox.setDnsForPods({ 'mysql-1': peers[0].ip, 'mysql-2': peers[1].ip });
    await expectRestored(sandbox, run, 'mysql-1');
  });
});

test('when no replica has every transaction, the message says what each one lacks', async () => {
  const { sandbox } = await lostPrimary([replica('mysql-1', ALL), replica('mysql-2', { executed: 'u:1,v:1' })]);
  const run = sandbox.start('clone-mysql');
  await run.waitForOutput('no replica has every transaction');
  expect(run.output).toMatch(/; mysql-1 lacks v:1 of mysql-2[;.]/);
  expect(run.output).toMatch(/; mysql-2 lacks u:2,u:3 of mysql-1[;.]/);
});

test('with OrderedReady, where no replica starts before the primary, the message names the remedy', async () => {
  const { sandbox } = await lostPrimary([], ordered);
  const run = sandbox.start('clone-mysql');
  await run.waitForOutput('no clone yet: DNS knows 0 of 2 replicas');
  expect(run.output).toContain(
    'set podManagementPolicy to PARALLEL, kubectl delete statefulset mysql --cascade=orphan, and apply',
  );
});

test('init-mysql initializes nothing, even without peers, and leaves the volume to clone-mysql', async () => {
  const { sandbox } = await lostPrimary([]);
  const run = sandbox.start('init-mysql');
  expect(await run.code()).toBe(0);
  expect(run.output).toContain('clone-mysql will restore it from a replica');
  expect(sandbox.tree('mnt/data')).toEqual({});
});

test('a primary with data keeps its data and asks no peer', async () => {
  const { sandbox, peers } = await lostPrimary([replica('mysql-1', ALL), replica('mysql-2', ALL)]);
  sandbox.write({ 'mnt/data/mysql/.complete': 'cluster=c-1\n', 'mnt/data/mysql/ibdata1': 'pages' });
  const before = sandbox.tree('mnt/data');
  expect(await sandbox.start('init-mysql').code()).toBe(0);
  expect(await sandbox.start('clone-mysql').code()).toBe(0);
  expect(sandbox.tree('mnt/data')).toEqual(before);
  expect(peers.flatMap(({ requests }) => requests)).toEqual([]);
});

test('a kill at any moment leaves no data directory or a complete one, and the next start completes the clone', async () => {
  const lose = () => lostPrimary([replica('mysql-1', FEWER), replica('mysql-2', ALL)]);
  const clean = await lose();
  await expectRestored(clean.sandbox, clean.sandbox.start('clone-mysql', { steps: true }), 'mysql-2');
  const steps = clean.sandbox.distinctSteps();
  const problems = await tryFaults(kills(steps), async (fault) => {
    const { sandbox } = await lose();
    expect(await sandbox.start('clone-mysql', { fault }).code()).toBe(null);
    if ('mysql' in sandbox.tree('mnt/data')) expect(sandbox.read('mnt/data/mysql/ibdata1')).toBe('pages of mysql-2\n');
    expect(await sandbox.start('init-mysql').code()).toBe(0);
    await expectRestored(sandbox, sandbox.start('clone-mysql'), 'mysql-2');
  });
  expect(problems).toEqual([]);
});
