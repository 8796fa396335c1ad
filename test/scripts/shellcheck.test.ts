import { spawnSync } from 'child_process';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { Initialize, MySqlVersion, Reads } from '../../lib';
import { Manifests } from '../support/manifests';
import { synthMain } from '../tutorial/differences';
import { rendered, scriptsIn } from './sandbox/rendered';

interface Finding {
  readonly line: number;
  readonly code: number;
  readonly message: string;
}

/** Runs node or bash with a script as its input. */
function run(program: string, args: string[], script: string): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { input: script, encoding: 'utf8' });
  return { status, output: status === 0 ? stdout : stderr };
}

/** The findings of shellcheck, as `SC1234 message: the line`. */
function findings(script: string): string[] {
  const text = `#!/bin/bash\n${script}`;
  const { status, output } = run(process.execPath, [join(__dirname, 'sandbox/lint-script.mjs')], text);
  if (status !== 0) throw new Error(`shellcheck does not run: ${output}`);
  const lines = text.split('\n');
  return (JSON.parse(output) as Finding[]).map(
    ({ line, code, message }) => `SC${code} ${message}: ${lines[line - 1].trim()}`,
  );
}

const clusters = {
  'main.ts': scriptsIn(Manifests.parse(synthMain())),
  'the defaults': rendered().scripts,
  'reads.maxLag': rendered({ reads: { maxLag: Duration.seconds(30) } }).scripts,
  'reads.from replicas, with fallBackToPrimary': rendered({ reads: { from: Reads.fromReplicas() } }).scripts,
  'reads.from replicas': rendered({ reads: { from: Reads.fromReplicas({ fallBackToPrimary: false }) } }).scripts,
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
  expect(run('bash', ['-n'], script)).toEqual({ status: 0, output: '' });
});

test('shellcheck reports findings of the severity style', () => {
  expect(findings('[[ $1 ]] && rm $2\n[[ `id -u` = 0 ]]\n')).toEqual([
    'SC2086 Double quote to prevent globbing and word splitting.: [[ $1 ]] && rm $2',
    'SC2006 Use $(...) notation instead of legacy backticks `...`.: [[ `id -u` = 0 ]]',
  ]);
});

test('bash -n reports a syntax error', () => {
  expect(run('bash', ['-n'], 'if true; then\n').status).not.toBe(0);
});
