import { execFileSync } from 'child_process';
import { readFileSync } from 'fs';
import { join } from 'path';

const script = readFileSync(join(__dirname, 'support/load.sh'), 'utf8');

test('shellcheck finds nothing in the script of the load', () => {
  const lint = join(__dirname, '../scripts/sandbox/lint-script.mjs');
  expect(JSON.parse(execFileSync(process.execPath, [lint], { input: script, encoding: 'utf8' }))).toEqual([]);
});

test('nothing in it is what Kubernetes changes in commands', () => {
  expect(script.match(/\$\$|\$\([A-Z]\w*\)/g)).toBeNull();
});
