import { readFileSync } from 'fs';
import { join } from 'path';
import { expansions, findings } from '../support/shellcheck';

const script = readFileSync(join(__dirname, '../../benchmarks/support/reconnecting-writer.sh'), 'utf8');

test('shellcheck accepts the script', () => {
  expect(findings(script)).toEqual([]);
});

test('the script contains nothing that Kubernetes expands in commands', () => {
  expect(expansions(script)).toEqual([]);
});
