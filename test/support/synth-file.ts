import { execFileSync } from 'child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';

/**
 * The YAML of an app, as `npm run synth` writes it.
 *
 * @param file path of the app within the checkout
 * @param checkout this one, or that of another commit
 */
export function synthFile(file: string, checkout = resolve(__dirname, '../..')): string {
  const outdir = mkdtempSync(join(tmpdir(), 'synth-'));
  try {
    execFileSync(process.execPath, ['--no-warnings', '--import', 'tsx', file], {
      cwd: checkout,
      env: { ...process.env, CDK8S_OUTDIR: outdir },
    });
    return readdirSync(outdir)
      .map((name) => readFileSync(join(outdir, name), 'utf8'))
      .join('---\n');
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
