import { execFileSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';

const ROOT = resolve(__dirname, '../..');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { imports: string } };

test('imports/cert-manager.io.ts is what npm run imports writes', () => {
  const output = mkdtempSync(join(tmpdir(), 'imports-'));
  try {
    const [, ...args] = manifest.scripts.imports.replace(/imports$/, output).split(' ');
    execFileSync(join(ROOT, 'node_modules/.bin/cdk8s'), args, { cwd: ROOT, stdio: 'pipe' });
    const [written, committed] = [output, join(ROOT, 'imports')].map((folder) =>
      readFileSync(join(folder, 'cert-manager.io.ts'), 'utf8'),
    );
    expect(written).toBe(committed);
  } finally {
    rmSync(output, { recursive: true });
  }
});
