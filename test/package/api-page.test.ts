import { spawnSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';

const CHECKOUT = resolve(__dirname, '../..');
const directory = mkdtempSync(join(tmpdir(), 'api-page-'));
afterAll(() => rmSync(directory, { recursive: true }));

test('docs/reference/api.md shows the doc comments; npm run docs writes it', () => {
  const typedoc = join(CHECKOUT, 'node_modules/typedoc/bin/typedoc');
  const args = [typedoc, '--logLevel', 'Warn', '--out', directory];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: CHECKOUT, encoding: 'utf8' });

  expect(`${stdout}${stderr}${status}`).toBe('0');
  expect(readFileSync(join(directory, 'api.md'), 'utf8')).toBe(
    readFileSync(join(CHECKOUT, 'docs/reference/api.md'), 'utf8'),
  );
}, 120_000);
