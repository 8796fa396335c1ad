import { execFileSync } from 'child_process';
import { readFileSync } from 'fs';
import { join } from 'path';

const script = readFileSync(join(__dirname, '../../benchmarks/support/reconnecting-writer.sh'), 'utf8');

test('shellcheck accepts the script', () => {
  const lint = join(__dirname, '../scripts/sandbox/lint-script.mjs');
  expect(JSON.parse(execFileSync(process.execPath, [lint], { input: script, encoding: 'utf8' }))).toEqual([]);
});

test('the script contains nothing that Kubernetes expands in commands', () => {
  expect(script.match(/\$\$|\$\([A-Z]\w*\)/g)).toBeNull();
});
