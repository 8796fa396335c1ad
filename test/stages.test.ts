import { spawnSync } from 'child_process';
import { readdirSync } from 'fs';
import { resolve } from 'path';

const CHECKOUT = resolve(__dirname, '..');
const ABOVE_ALL = ['index', 'replicated-mysql'];

const stages = readdirSync(resolve(CHECKOUT, 'lib'))
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((stage) => !ABOVE_ALL.includes(stage));
const folders = readdirSync(resolve(CHECKOUT, 'lib')).filter((file) => !file.endsWith('.ts'));

// ESLint loads its configuration as a module, which jest cannot.
const LINT = `
import { ESLint } from 'eslint';
const eslint = new ESLint();
const cases = JSON.parse(process.argv[1]);
const results = await Promise.all(cases.map(([file, from]) => eslint.lintText(\`export * from '\${from}';\\n\`, { filePath: file })));
console.log(JSON.stringify(results.map(([{ messages }]) => messages.map(({ ruleId }) => ruleId))));
`;

/** The rules of the linter that each file violates which imports from a path. */
function violated(cases: [file: string, from: string][]): string[][] {
  const args = ['--input-type=module', '--eval', LINT, JSON.stringify(cases)];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: CHECKOUT, encoding: 'utf8' });
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout) as string[][];
}

test('no stage of lib imports what stands above all of them, from whatever depth', () => {
  const cases = [
    ...stages.map((stage): [string, string] => [`lib/${stage}.ts`, './index']),
    ...folders.map((stage): [string, string] => [`lib/${stage}/some.ts`, '../replicated-mysql']),
    ...folders.map((stage): [string, string] => [`lib/${stage}/folder/some.ts`, '../../replicated-mysql']),
  ];
  expect(violated(cases)).toEqual(cases.map(() => ['no-restricted-imports']));
});

test('imports between stages go one way', () => {
  const cases: [file: string, from: string, rules: string[]][] = [
    ['lib/options/reads.ts', '../cluster', ['no-restricted-imports']],
    ['lib/options/reads.ts', 'yaml', ['no-restricted-imports']],
    ['lib/options/reads.ts', './services', []],
    ['lib/cluster.ts', './rules/rule', ['no-restricted-imports']],
    ['lib/rules/settings.ts', '../pod/my-cnf', ['no-restricted-imports']],
    ['lib/rules/settings.ts', '../cluster', []],
    ['lib/scripts/accounts/backup-account.ts', '../../cluster', ['no-restricted-imports']],
    ['lib/scripts/accounts/backup-account.ts', '../base/bash', []],
    ['lib/pod/volumes.ts', '../objects/stateful-set', ['no-restricted-imports']],
    ['lib/objects/stateful-set.ts', '../rules/violations', ['no-restricted-imports']],
    ['lib/objects/stateful-set.ts', '../rules/warnings', []],
    ['lib/clustered-app/app.ts', '../cluster', ['no-restricted-imports']],
  ];
  expect(violated(cases.map(([file, from]) => [file, from]))).toEqual(cases.map(([, , rules]) => rules));
});
