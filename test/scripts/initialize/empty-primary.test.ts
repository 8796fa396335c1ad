import { PodManagementPolicy } from 'cdk8s-plus-28';
import { Initialize } from '../../../lib';
import { Peer, states } from '../sandbox/peer';
import { rendered, Rendered } from '../sandbox/rendered';
import { newIp, Run, Sandbox } from '../sandbox/sandbox';
import { secret } from '../sandbox/secret';

const ordered = rendered({ podManagementPolicy: PodManagementPolicy.ORDERED_READY });
const parallel = rendered();
const never = rendered({ initialize: Initialize.never() });

/** A pod with an empty volume, and addresses for two peers. */
function emptyPod(cluster: Rendered = ordered, ordinal = 0): Sandbox & { readonly peerIps: string[] } {
  const sandbox = new Sandbox(cluster, ordinal);
  sandbox.write(secret());
  return Object.assign(sandbox, { peerIps: [newIp(), newIp()] });
}

async function expectInitialized(sandbox: Sandbox, run: Run): Promise<void> {
  expect(await run.code()).toBe(0);
  expect(sandbox.tree('mnt/data')).toHaveProperty(['mysql/.complete']);
}

function expectEmptyVolume(sandbox: Sandbox): void {
  expect(sandbox.tree('mnt/data')).toEqual({});
}

async function expectRefused(sandbox: Sandbox, run: Run, ...texts: string[]): Promise<void> {
  expect(await run.code()).toBe(1);
  for (const text of ['REFUSED: ', ...texts]) expect(run.output).toContain(text);
  expectEmptyVolume(sandbox);
}

describe('an empty primary never mistakes a DNS error for the absence of peers: it waits while', () => {
  test.each<[string, (sandbox: Sandbox) => void]>([
    ['DNS is down', () => {}],
    ['the name of its pod does not resolve', (sandbox) => sandbox.setDns({ mysql: [sandbox.ip] })],
    [
      'the name of its pod resolves to the address of an earlier pod',
      (sandbox) => sandbox.setDns({ 'mysql-0.mysql': ['127.0.0.1'], mysql: ['127.0.0.1', sandbox.ip] }),
    ],
    [
      'the Service does not resolve to its address yet',
      (sandbox) => sandbox.setDns({ 'mysql-0.mysql': [sandbox.ip], mysql: ['127.0.0.1'] }),
    ],
    ['the Service does not resolve', (sandbox) => sandbox.setDns({ 'mysql-0.mysql': [sandbox.ip] })],
  ])('%s', async (_, dns) => {
    const sandbox = emptyPod();
    dns(sandbox);
    const run = sandbox.start('init-mysql');
    await run.waitForOutput(`not initialized yet: DNS does not resolve mysql-0.mysql to ${sandbox.ip} yet`);
    expectEmptyVolume(sandbox);
    sandbox.setDnsForPods();
    await expectInitialized(sandbox, run);
  });
});

describe('an empty primary waits', () => {
  test.each([
    ['does not run', undefined],
    ['does not answer', {}],
    ['does not accept the password', { state: 'denied' }],
    ['speaks another protocol', { state: 'HTTP/1.1 400 Bad Request' }],
  ])('while a peer %s, until the peer answers that it is empty', async (_, answers) => {
    const sandbox = emptyPod();
    const [ip] = sandbox.peerIps;
    sandbox.setDnsForPods({ 'mysql-1': ip });
    const silent = answers && (await Peer.start(ip, answers));
    const run = sandbox.start('init-mysql');
    await run.waitForOutput(`not initialized yet: the peer at ${ip} does not answer on port 3307`);
    expectEmptyVolume(sandbox);
    silent?.stop();
    await Peer.start(ip, { state: states.empty('mysql-1') });
    await expectInitialized(sandbox, run);
  });

  test('until every peer has answered that it is empty', async () => {
    const sandbox = emptyPod();
    const [one, two] = sandbox.peerIps;
    sandbox.setDnsForPods({ 'mysql-1': one, 'mysql-2': two });
    await Peer.start(one, { state: states.empty('mysql-1') });
    const run = sandbox.start('init-mysql');
    await run.waitForOutput(`the peer at ${two} does not answer`);
    await Peer.start(two, { state: states.empty('mysql-2') });
    await expectInitialized(sandbox, run);
  });
});

describe('an empty primary refuses to initialize, and names the remedy, when a peer holds data', () => {
  test.each(['open', 'closed', 'down'] as const)('and its server is %s', async (mode) => {
    const sandbox = emptyPod();
    const [one, two] = sandbox.peerIps;
    sandbox.setDnsForPods({ 'mysql-1': one, 'mysql-2': two });
    await Peer.start(one, { state: states.empty('mysql-1') });
    await Peer.start(two, { state: states[mode]('mysql-2', 'c-1') });
    await expectRefused(
      sandbox,
      sandbox.start('init-mysql'),
      'mysql-2 holds data of cluster c-1',
      'bring back the volume of mysql-0',
    );
  });
});

describe('with the pod management policy Parallel, an empty primary', () => {
  test('waits until DNS knows its peers', async () => {
    const sandbox = emptyPod(parallel);
    const [one, two] = sandbox.peerIps;
    sandbox.setDnsForPods();
    const run = sandbox.start('init-mysql');
    await run.waitForOutput('not initialized yet: DNS knows fewer ');
    expectEmptyVolume(sandbox);
    await Peer.start(one, { state: states.empty('mysql-1') });
    await Peer.start(two, { state: states.empty('mysql-2') });
    sandbox.setDnsForPods({ 'mysql-1': one, 'mysql-2': two });
    await expectInitialized(sandbox, run);
  });

  test('initializes without them after 60 s', async () => {
    const sandbox = emptyPod(parallel);
    sandbox.setDnsForPods();
    sandbox.setUptime(1000);
    const run = sandbox.start('init-mysql');
    await run.waitForOutput('not initialized yet: DNS knows fewer ');
    sandbox.setUptime(1060);
    await expectInitialized(sandbox, run);
  });
});

describe('with Initialize.never()', () => {
  test('an empty primary refuses to initialize, even without peers', async () => {
    const sandbox = emptyPod(never);
    sandbox.setDnsForPods();
    await expectRefused(
      sandbox,
      sandbox.start('init-mysql'),
      'initialize is set to never',
      'bring back the volume of mysql-0',
    );
  });

  test('a primary with data starts, and an empty replica waits for a clone', async () => {
    const primary = emptyPod();
    primary.setDnsForPods();
    await expectInitialized(primary, primary.start('init-mysql'));
    primary.apply(never);
    expect(await primary.start('init-mysql').code()).toBe(0);
    expect(await emptyPod(never, 1).start('init-mysql').code()).toBe(0);
  });
});

test.each([1, 12])('the replica mysql-%i never initializes', async (ordinal) => {
  const sandbox = emptyPod(ordered, ordinal);
  sandbox.setDnsForPods();
  const run = sandbox.start('init-mysql');
  expect(await run.code()).toBe(0);
  expect(run.output).toContain('clone-mysql will fill it');
  expectEmptyVolume(sandbox);
});
