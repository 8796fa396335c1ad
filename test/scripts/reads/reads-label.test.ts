import { Reads } from '../../../lib';
import { Rendered, rendered } from '../sandbox/rendered';
import { startPeers, runningPod } from '../sandbox/running-pod';
import { Sandbox } from '../sandbox/sandbox';

const withFallBack = rendered({ reads: { from: Reads.fromReplicas() } });
const replicasOnly = rendered({ reads: { from: Reads.fromReplicas({ fallBackToPrimary: false }) } });

const patch = (ordinal: number, value: string) =>
  `PATCH https://kubernetes.default.svc/api/v1/namespaces/shop/pods/mysql-${ordinal}/status {"metadata":{"labels":{"replicated-mysql/reads":${value}}}}`;

/** The answer of the API server about the endpoints of mysql-read: readiness by pod. */
const endpoints = (ready: Record<string, boolean>) =>
  JSON.stringify({
    items: [
      {},
      {
        endpoints: Object.entries(ready).map(([name, isReady]) => ({
          addresses: ['10.244.1.2'],
          conditions: { ready: isReady, serving: isReady, terminating: false },
          targetRef: { name },
        })),
      },
    ],
  });

async function pod(ordinal: number, cluster: Rendered, ready: Record<string, boolean> = {}): Promise<Sandbox> {
  const sandbox = runningPod(ordinal, {}, {}, cluster);
  sandbox.write({
    'mnt/api/token': 'a token',
    'mnt/api/namespace': 'shop',
    'api/answer': endpoints(ready),
    'api/requests': '',
  });
  await startPeers(sandbox, {});
  return sandbox;
}

const lastRequest = (sandbox: Sandbox) => sandbox.read('api/requests').trim().split('\n').pop();

test.each([
  ['with', withFallBack],
  ['without', replicasOnly],
])('a replica serves reads %s fallBackToPrimary', async (_, cluster) => {
  const sandbox = await pod(1, cluster);
  await sandbox.start('xtrabackup').waitForOutput(' serves reads');
  expect(lastRequest(sandbox)).toBe(patch(1, '"true"'));
});

test('the primary serves no reads without fallBackToPrimary', async () => {
  const sandbox = await pod(0, replicasOnly);
  await sandbox.start('xtrabackup').waitForOutput(' serves no reads');
  expect(lastRequest(sandbox)).toBe(patch(0, 'null'));
});

test.each<[Record<string, boolean>, string, string]>([
  [{ 'mysql-1': true, 'mysql-2': false }, 'no reads', 'null'],
  [{ 'mysql-1': false }, 'reads', '"true"'],
  [{ 'mysql-0': true, 'mysql-1': false }, 'reads', '"true"'],
  [{}, 'reads', '"true"'],
])('with fallBackToPrimary and the endpoints %j (name: ready), the primary serves %s', async (ready, serves, value) => {
  const sandbox = await pod(0, withFallBack, ready);
  await sandbox.start('xtrabackup').waitForOutput(` serves ${serves}`);
  expect(lastRequest(sandbox)).toBe(patch(0, value));
});

test('the primary stops serving reads when a replica is ready again', async () => {
  const sandbox = await pod(0, withFallBack, { 'mysql-1': false });
  const run = sandbox.start('xtrabackup');
  await run.waitForOutput(' serves reads');
  sandbox.write({ 'api/answer': endpoints({ 'mysql-1': true }) });
  await run.waitForOutput(' serves no reads');
});

test('the sidecar logs a refusal of the API server, and tries again', async () => {
  const sandbox = await pod(1, withFallBack);
  sandbox.remove('api/answer');
  const run = sandbox.start('xtrabackup');
  await run.waitForOutput(
    'cannot set the label replicated-mysql/reads of mysql-1: curl: (22) The requested URL returned error: 403',
  );
  sandbox.write({ 'api/answer': '{}' });
  await run.waitForOutput(' serves reads');
});

test('the token is in no argument', async () => {
  const sandbox = await pod(1, withFallBack);
  await sandbox.start('xtrabackup').waitForOutput(' serves reads');
  expect(sandbox.read('api/config')).toBe('header = "Authorization: Bearer a token"\n');
  expect(sandbox.read('api/arguments')).not.toContain('a token');
});
