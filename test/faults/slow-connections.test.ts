import { execFileSync } from 'child_process';
import { join } from 'path';
import { script } from './support/slow-connections';

test('shellcheck accepts the script', () => {
  const lint = join(__dirname, '../scripts/sandbox/lint-script.mjs');
  const input = `#!/bin/bash\n${script(['mysql-0.mysql', 'mysql-1.mysql'])}`;
  expect(JSON.parse(execFileSync(process.execPath, [lint], { input, encoding: 'utf8' }))).toEqual([]);
});
