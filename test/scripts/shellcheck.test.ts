import { spawnSync } from 'child_process';
import { Duration } from 'cdk8s';
import { Initialize, MySqlVersion, Reads, Tls } from '../../lib';
import { Manifests } from '../support/manifests';
import { findings } from '../support/shellcheck';
import { synthMain } from '../tutorial/differences';
import { byXtrabackup, rendered, scriptsIn } from './sandbox/rendered';

/** Runs `bash -n` on a script. */
function parse(script: string): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

const clusters = {
  'main.ts': scriptsIn(Manifests.parse(synthMain())),
  'the defaults': rendered().scripts,
  'reads.maxLag': rendered({ reads: { maxLag: Duration.seconds(30) } }).scripts,
  'reads.from replicas, with fallBackToPrimary': rendered({ reads: { from: Reads.fromReplicas() } }).scripts,
  'reads.from replicas': rendered({ reads: { from: Reads.fromReplicas({ fallBackToPrimary: false }) } }).scripts,
  'Tls.fromSecret()': rendered({ tls: Tls.fromSecret('own') }).scripts,
  'Tls.fromSecret(), by XtraBackup': byXtrabackup({ tls: Tls.fromSecret('own') }).scripts,
  'Initialize.never()': rendered({ initialize: Initialize.never() }).scripts,
  ...Object.fromEntries(
    [MySqlVersion.V5_7, MySqlVersion.of('8.0.21'), MySqlVersion.of('8.0.22'), MySqlVersion.V9_7].map((version) => [
      `MySQL ${version.tag}`,
      rendered({ version }).scripts,
    ]),
  ),
};

/** Each distinct script once, with the names of all clusters that contain it. */
const scripts = new Map<string, string>();
for (const [cluster, byPlace] of Object.entries(clusters)) {
  for (const [place, script] of Object.entries(byPlace)) {
    const names = scripts.get(script);
    scripts.set(script, `${names ? `${names}, ` : ''}${place} of ${cluster}`);
  }
}
const byName = [...scripts].map(([script, name]): [string, string] => [name, script]);

test.each(Object.entries(clusters))('%s has all six scripts', (_, byPlace) => {
  expect(Object.keys(byPlace)).toEqual([
    'init-mysql',
    'clone-mysql',
    'mysql',
    'mysql lifecycle preStop exec',
    'mysql livenessProbe exec',
    'xtrabackup',
  ]);
});

test.each(byName)('shellcheck finds nothing in %s', (_, script) => {
  expect(findings(script)).toEqual([]);
});

test.each(byName)('bash parses %s', (_, script) => {
  expect(parse(script)).toEqual({ status: 0, output: '' });
});

test('shellcheck reports findings of the severity style', () => {
  expect(findings('[[ $1 ]] && rm $2\n[[ `id -u` = 0 ]]\n')).toEqual([
    'SC2086 Double quote to prevent globbing and word splitting.: [[ $1 ]] && rm $2',
    'SC2006 Use $(...) notation instead of legacy backticks `...`.: [[ `id -u` = 0 ]]',
  ]);
});

test('bash -n reports a syntax error', () => {
  expect(parse('if true; then\n').status).not.toBe(0);
});
