import { readdirSync, symlinkSync } from 'fs';
import { Tls } from '../../../lib';
import { makeCertificates } from '../sandbox/certificates';
import { ask } from '../sandbox/client';
import { byXtrabackup, rendered } from '../sandbox/rendered';
import { CONFIGURED, REPLICATED, runningPod, startPeers, stateOf, statements } from '../sandbox/running-pod';
import { Sandbox } from '../sandbox/sandbox';
import { secret } from '../sandbox/secret';

const tls = Tls.fromSecret('own');
const cluster = rendered({ replicas: 1, tls });
const NAMES = '*.mysql.default.svc.cluster.local';

type Files = Readonly<Record<'tls.crt' | 'tls.key' | 'ca.crt', string>>;

function filesFor(name: string, days?: number): Files {
  const made = makeCertificates(name, days);
  return { 'tls.crt': made['server-cert.pem'], 'tls.key': made['server-key.pem'], 'ca.crt': made['ca.pem'] };
}

const good = filesFor(NAMES);
const other = filesFor(NAMES);
const withoutKey = { 'tls.crt': good['tls.crt'], 'ca.crt': good['ca.crt'] };

/** A version of the Secret, as the kubelet delivers it. */
function deliver(pod: Sandbox, files: Partial<Files>, version = '1'): void {
  pod.remove('mnt/tls-secret');
  pod.mkdir(`mnt/tls-secret/..2026_${version}`);
  pod.write(Object.fromEntries(Object.entries(files).map(([file, text]) => [`mnt/tls-secret/${file}`, text])));
}

/** The files that the server uses. */
const used = (pod: Sandbox) => ['tls.crt', 'tls.key', 'ca.crt'].map((file) => pod.read(`mnt/tls/current/${file}`));
const texts = (files: Files) => [files['tls.crt'], files['tls.key'], files['ca.crt']];

describe('init-mysql', () => {
  /** A primary whose data is there. */
  const pod = () => {
    const sandbox = new Sandbox(cluster, 0);
    sandbox.setDnsForPods();
    sandbox.write({ ...secret(), 'mnt/data/mysql/.complete': 'origin=o\ncluster=c-1\ngtids=u:1-3\n' });
    sandbox.mkdir('mnt/tls');
    return sandbox;
  };

  test('waits for a whole Secret with a key that fits, and says how to make it', async () => {
    const sandbox = pod();
    const run = sandbox.start('init-mysql');
    await run.waitForOutput(
      'waiting for the Secret own: key tls.crt is missing or empty. kubectl create secret generic own',
    );
    deliver(sandbox, withoutKey);
    await run.waitForOutput('waiting for the Secret own: key tls.key is missing or empty');
    deliver(sandbox, { ...good, 'tls.key': other['tls.key'] });
    await run.waitForOutput('waiting for the Secret own: tls.key does not fit tls.crt');
    deliver(sandbox, good);
    expect(await run.code()).toBe(0);
    expect(used(sandbox)).toEqual(texts(good));
    expect(run.output).toMatch(/uses the certificate of the Secret own, which ends \w+ .* GMT/);
    expect(run.output).not.toContain('WARNING');
  });

  test('starts with a certificate that is not valid, rather than not at all', async () => {
    const sandbox = pod();
    deliver(sandbox, filesFor('elsewhere'));
    const run = sandbox.start('init-mysql');
    expect(await run.code()).toBe(0);
    expect(run.output).toMatch(
      /WARNING: tls.crt is not valid for mysql-0.mysql.default.svc.cluster.local: hostname mismatch/i,
    );
  });

  test('in a pod that has started before, keeps what the server used', async () => {
    const sandbox = pod();
    deliver(sandbox, good);
    expect(await sandbox.start('init-mysql').code()).toBe(0);
    deliver(sandbox, withoutKey);
    expect(await sandbox.start('init-mysql').code()).toBe(0);
    expect(used(sandbox)).toEqual(texts(good));
  });
});

describe('the sidecar', () => {
  /** An open primary that uses these files. */
  const primary = async (files = good, scripts = cluster, env: Record<string, string> = {}) => {
    const pod = runningPod(0, { executed: 'u:1-3' }, {}, scripts);
    pod.setUptime(1000);
    pod.write({ 'mnt/tls/first/.loaded': '' });
    pod.write(Object.fromEntries(Object.entries(files).map(([file, text]) => [`mnt/tls/first/${file}`, text])));
    symlinkSync('first', pod.path('mnt/tls/current'));
    deliver(pod, files);
    await startPeers(pod, {});
    const run = pod.start('xtrabackup', { env });
    await run.waitForOutput(' ready (open)');
    return { pod, run };
  };
  const reloads = (pod: Sandbox) => statements(pod).filter((statement) => statement === 'ALTER INSTANCE RELOAD TLS');

  test('loads a new certificate', async () => {
    const { pod, run } = await primary();
    expect(reloads(pod)).toEqual([]);
    deliver(pod, other, '2');
    await run.waitForOutput('the server uses the new certificate, which ends ');
    expect(reloads(pod)).toHaveLength(1);
    expect(used(pod)).toEqual(texts(other));
    expect(readdirSync(pod.path('mnt/tls'))).toEqual([expect.stringMatching(/^\d+\.\d+$/), 'current']); // no old key stays
  });

  test.each<[string, Partial<Files>, RegExp]>([
    ['without its key', withoutKey, /key tls.key is missing or empty/],
    ['with an empty file', { ...good, 'ca.crt': '' }, /key ca.crt is missing or empty/],
    ['that is no certificate', { ...good, 'tls.crt': 'nonsense' }, /tls.crt is not a certificate/],
    ['with another key', { ...good, 'tls.key': other['tls.key'] }, /tls.key does not fit tls.crt/],
    ['of another CA', { ...good, 'ca.crt': other['ca.crt'] }, /is not valid for mysql-0\.\S+: unable to get/],
    [
      'for other names',
      filesFor('*.other.default.svc.cluster.local'),
      /is not valid for mysql-0\.\S+: hostname mismatch/i,
    ],
    ['that has ended', filesFor(NAMES, -1), /is not valid for mysql-0\.\S+: certificate has expired/],
    ['with too many CAs', { ...good, 'ca.crt': good['ca.crt'].repeat(200) }, /ca.crt has more than 64 KiB/],
  ])('keeps the one before when it gets one %s, and says so once', async (_, files, why) => {
    const { pod, run } = await primary();
    deliver(pod, files, '2');
    await run.waitForOutput('WARNING: the certificate of the Secret own is not used, and the one before stays: ');
    pod.setUptime(1100);
    await run.waitUntil('another look', () => pod.read('var/run/mysqld/judged') === '1100\n');
    const warnings = run.output.split('\n').filter((line) => line.includes('is not used'));
    expect(warnings).toEqual([expect.stringMatching(why)]);
    expect(used(pod)).toEqual(texts(good));
    expect(reloads(pod)).toEqual([]);
    deliver(pod, other, '3');
    await run.waitForOutput('the server uses the new certificate');
  });

  test('loads what it had put in use when it was killed', async () => {
    const { pod, run } = await primary();
    run.kill();
    await run.code();
    pod.remove('mnt/tls/first/.loaded');
    await pod.start('xtrabackup').waitForOutput('the server uses the new certificate');
    expect(reloads(pod)).toHaveLength(1);
  });

  test('names a certificate that ends within 14 days, each day', async () => {
    const { pod, run } = await primary(filesFor(NAMES, 10));
    const warnings = () => run.output.split('\n').filter((line) => line.includes(', within 14 days')).length;
    await run.waitUntil('a warning', () => warnings() === 1);
    pod.setUptime(1000 + 86400);
    await run.waitUntil('another warning', () => warnings() === 2);
  });

  test('tells its CA, and that its certificate has its name', async () => {
    const { pod } = await primary(good, byXtrabackup({ tls }), { LISTEN: 'yes', SLEEP: '1' });
    expect(await ask(pod.ip, 'certificate')).toBe(
      `certificate|mysql-0|${Buffer.from(good['ca.crt']).toString('base64')}|named\n`,
    );
  });
});

test('a replica verifies the name of a primary whose certificate has it, whatever its own is', async () => {
  const replica = runningPod(1, { executed: 'u:1-5', configuration: CONFIGURED }, REPLICATED);
  const open = stateOf('mysql-0', { mode: 'open', executed: 'u:1-7' });
  const [primary] = await startPeers(replica, { 'mysql-0': open });
  primary.answers = { ...primary.answers, certificate: `${String(primary.answers.certificate)}|named` };
  const run = replica.start('xtrabackup');
  await run.waitForOutput(' ready (replicating): from mysql-0');
  expect(run.output).toContain(
    'replicates from mysql-0.mysql.default.svc.cluster.local by GTID, and verifies its name',
  );
  expect(statements(replica)[0]).toMatch(
    /SOURCE_HOST = 'mysql-0\.mysql\.default\.svc\.cluster\.local'.* SOURCE_SSL_VERIFY_SERVER_CERT = 1,/,
  );
});
