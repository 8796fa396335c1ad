import { execFileSync } from 'child_process';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Reads } from '../../../lib';
import { labels } from '../../../lib/scripts/reads/labels';
import { Rendered, rendered } from '../sandbox/rendered';
import { startPeers, runningPod } from '../sandbox/running-pod';
import { Sandbox } from '../sandbox/sandbox';

const withFallBack = rendered({ reads: { from: Reads.fromReplicas() } });
const replicasOnly = rendered({ reads: { from: Reads.fromReplicas({ fallBackToPrimary: false }) } });

/** The request that sets the labels of a pod. The state of the verdict follows when it has lasted. */
const patch = (ordinal: number, reads: string, state?: string) =>
  `PATCH https://kubernetes.default.svc/api/v1/namespaces/shop/pods/mysql-${ordinal}/status {"metadata":{"labels":{"replicated-mysql/reads":${reads},"replicated-mysql/role":"${ordinal ? 'replica' : 'primary'}"${state ? `,"replicated-mysql/state":"${state}"` : ''}}}}`;

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

const patches = (sandbox: Sandbox) =>
  sandbox
    .read('api/requests')
    .split('\n')
    .filter((line) => line.startsWith('PATCH '));

test.each([
  ['with', withFallBack],
  ['without', replicasOnly],
])('a replica serves reads %s fallBackToPrimary', async (_, cluster) => {
  const sandbox = await pod(1, cluster);
  await sandbox.start('xtrabackup').waitForOutput(' serves reads');
  expect(patches(sandbox)[0]).toBe(patch(1, '"true"'));
});

test('the primary serves no reads without fallBackToPrimary', async () => {
  const sandbox = await pod(0, replicasOnly);
  await sandbox.start('xtrabackup').waitForOutput(' serves no reads');
  expect(patches(sandbox)[0]).toBe(patch(0, 'null'));
});

test.each<[Record<string, boolean>, string, string]>([
  [{ 'mysql-1': true, 'mysql-2': false }, 'no reads', 'null'],
  [{ 'mysql-1': false }, 'reads', '"true"'],
  [{ 'mysql-0': true, 'mysql-1': false }, 'reads', '"true"'],
  [{}, 'reads', '"true"'],
])('with fallBackToPrimary and the endpoints %j (name: ready), the primary serves %s', async (ready, serves, value) => {
  const sandbox = await pod(0, withFallBack, ready);
  await sandbox.start('xtrabackup').waitForOutput(` serves ${serves}`);
  expect(patches(sandbox)[0]).toBe(patch(0, value));
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
  await run.waitForOutput('cannot set the labels of mysql-1: curl: (22) The requested URL returned error: 403');
  sandbox.write({ 'api/answer': '{}' });
  await run.waitForOutput(' serves reads');
});

test('the token is in no argument', async () => {
  const sandbox = await pod(1, withFallBack);
  await sandbox.start('xtrabackup').waitForOutput(' serves reads');
  expect(sandbox.read('api/config')).toBe('header = "Authorization: Bearer a token"\n');
  expect(sandbox.read('api/arguments')).not.toContain('a token');
});

/** The labels that a replica sets while its verdict has one state after the other, each for as long as one look lasts. */
function labelled(states: string[], secondsPerLook = 5): string[] {
  const run = mkdtempSync(join(tmpdir(), 'labels-'));
  const script = `
set -Eeuo pipefail
${labels({ readService: 'mysql-read', fallBackToPrimary: false })}
status=${run}/status reads_log=${run}/log role=replica HOSTNAME=mysql-1 reported='' now=0
is_primary() { false; }
look_at_clock() { now=$time; }
report() { reported=$1; }
api() { printf '%s\\n' "$3" >&"$out"; }
cat() { :; }
states=(${states.join(' ')}) time=0
pause() { # the next look
  ((\${#states[@]})) || exit 0
  printf '%s\\n' "ready (\${states[0]}): text (with parentheses)" >"$status"
  states=("\${states[@]:1}") time=$((time + ${secondsPerLook}))
}
exec {out}>&1
pause
keep_labels`.replaceAll('\\${', '${');
  try {
    const output = execFileSync('bash', ['-c', script], { encoding: 'utf8' });
    return output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).metadata.labels['replicated-mysql/state'] ?? 'none');
  } finally {
    rmSync(run, { recursive: true });
  }
}

test.each<[string, string[], string[]]>([
  ['a state is shown when it has lasted', ['replicating', 'replicating', 'replicating'], ['none', 'replicating']],
  ['a change is written once', ['open', 'open', 'closed', 'closed', 'closed'], ['none', 'open', 'closed']],
  [
    'one that passes is not shown',
    ['open', 'open', 'down', 'open', 'open', 'closed', 'open', 'open'],
    ['none', 'open'],
  ],
  ['states that follow each other quickly are not shown', ['down', 'connecting', 'replicating', 'lagging'], ['none']],
])('%s', (_, states, expected) => {
  expect(labelled(states)).toEqual(expected);
});

test('the labels are written again once a minute, for somebody may have changed them', () => {
  expect(labelled(Array(6).fill('open'), 20)).toEqual(['none', 'open', 'open']); // after 20, 40 and 100 s
});
