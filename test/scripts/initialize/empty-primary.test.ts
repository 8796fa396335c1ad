import { PodManagementPolicy } from 'cdk8s-plus-28';
import { Initialize } from '../../../lib';
import { Peer, states } from '../sandbox/peer';
import { rendered, Rendered } from '../sandbox/rendered';
import { newIp, Run, Sandbox } from '../sandbox/sandbox';
import { secret } from '../sandbox/secret';

const alone = rendered({ podManagementPolicy: PodManagementPolicy.ORDERED_READY });
const together = rendered();
const never = rendered({ initialize: Initialize.never() });

/** A pod with an empty volume in a network that has an address for each of two peers. */
function emptyPod(cluster: Rendered = alone, ordinal = 0): Sandbox & { readonly peerIps: string[] } {
  const sandbox = new Sandbox(cluster, ordinal);
  sandbox.write(secret());
  return Object.assign(sandbox, { peerIps: [newIp(), newIp()] });
}

async function expectInitialized(sandbox: Sandbox, run: Run): Promise<void> {
  expect(await run.code()).toBe(0);
  expect(sandbox.tree('mnt/data')).toHaveProperty(['mysql/.complete']);
}

function expectNothing(sandbox: Sandbox): void {
  expect(sandbox.tree('mnt/data')).toEqual({});
}

async function expectRefused(sandbox: Sandbox, run: Run, ...texts: string[]): Promise<void> {
  expect(await run.code()).toBe(1);
  for (const text of ['REFUSED: ', ...texts]) expect(run.output).toContain(text);
  expectNothing(sandbox);
}

describe('an error of DNS is never "no peers"', () => {
  test.each<[string, (sandbox: Sandbox) => void]>([
    ['DNS is down', () => {}],
    ['its own name does not resolve', (sandbox) => sandbox.setDns({ mysql: [sandbox.ip] })],
    [
      'its own name resolves to the address of an earlier pod',
      (sandbox) => sandbox.setDns({ 'mysql-0.mysql': ['127.0.0.1'], mysql: ['127.0.0.1', sandbox.ip] }),
    ],
    [
      'the Service does not know it yet',
      (sandbox) => sandbox.setDns({ 'mysql-0.mysql': [sandbox.ip], mysql: ['127.0.0.1'] }),
    ],
    ['the Service does not resolve', (sandbox) => sandbox.setDns({ 'mysql-0.mysql': [sandbox.ip] })],
  ])('%s: it waits, and goes on when DNS is right', async (_, dns) => {
    const sandbox = emptyPod();
    dns(sandbox);
    const run = sandbox.start('init-mysql');
    await run.waitForOutput(`not initialized yet: DNS does not resolve mysql-0.mysql to ${sandbox.ip} yet`);
    expectNothing(sandbox);
    sandbox.setDnsForPods();
    await expectInitialized(sandbox, run);
  });
});

describe('a peer that does not say that it is empty blocks', () => {
  test.each([
    ['that is not there', undefined],
    ['that says nothing', {}],
    ['that does not know the password', { state: 'denied' }],
    ['that talks nonsense', { state: 'HTTP/1.1 400 Bad Request' }],
  ])('one %s: the primary waits, and goes on when it has answered', async (_, answers) => {
    const sandbox = emptyPod();
    const [ip] = sandbox.peerIps;
    sandbox.setDnsForPods({ 'mysql-1': ip });
    const mute = answers && (await Peer.start(ip, answers));
    const run = sandbox.start('init-mysql');
    await run.waitForOutput(`not initialized yet: the peer at ${ip} does not answer on port 3307`);
    expectNothing(sandbox);
    mute?.stop();
    await Peer.start(ip, { state: states.empty('mysql-1') });
    await expectInitialized(sandbox, run);
  });

  test('each peer is asked, not just the first', async () => {
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

describe('a peer with data refuses the primary, which names the remedy', () => {
  test.each(['open', 'closed', 'down'] as const)('one whose server is %s', async (mode) => {
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

describe('when all pods start together', () => {
  test('the primary waits for its peers to be in DNS', async () => {
    const sandbox = emptyPod(together);
    const [one, two] = sandbox.peerIps;
    sandbox.setDnsForPods();
    const run = sandbox.start('init-mysql');
    await run.waitForOutput('not initialized yet: DNS knows fewer ');
    expectNothing(sandbox);
    await Peer.start(one, { state: states.empty('mysql-1') });
    await Peer.start(two, { state: states.empty('mysql-2') });
    sandbox.setDnsForPods({ 'mysql-1': one, 'mysql-2': two });
    await expectInitialized(sandbox, run);
  });

  test('it going on without them after 60 s', async () => {
    const sandbox = emptyPod(together);
    sandbox.setDnsForPods();
    const run = sandbox.start('init-mysql', { env: { SECONDS: '58' } });
    await run.waitForOutput('not initialized yet: DNS knows fewer ');
    await expectInitialized(sandbox, run);
  });
});

describe('with initialize: never', () => {
  test('an empty primary is refused, whoever its peers are', async () => {
    const sandbox = emptyPod(never);
    sandbox.setDnsForPods();
    await expectRefused(
      sandbox,
      sandbox.start('init-mysql'),
      'initialize is set to never',
      'bring back the volume of mysql-0',
    );
  });

  test('a primary with data starts, and a replica is cloned', async () => {
    const primary = emptyPod();
    primary.setDnsForPods();
    await expectInitialized(primary, primary.start('init-mysql'));
    primary.apply(never);
    expect(await primary.start('init-mysql').code()).toBe(0);
    expect(await emptyPod(never, 1).start('init-mysql').code()).toBe(0);
  });
});

test.each([1, 12])('mysql-%i, a replica, never initializes', async (ordinal) => {
  const sandbox = emptyPod(alone, ordinal);
  sandbox.setDnsForPods();
  const run = sandbox.start('init-mysql');
  expect(await run.code()).toBe(0);
  expect(run.output).toContain('clone-mysql will fill it');
  expectNothing(sandbox);
});
