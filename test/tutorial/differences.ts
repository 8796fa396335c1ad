import { execFileSync } from 'child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { Manifests } from '../manifests';
import { compare, Difference } from './compare';

/** The YAML of main.ts, as `npm run synth` writes it. */
export function synthMain(): string {
  const outdir = mkdtempSync(join(tmpdir(), 'synth-'));
  try {
    execFileSync(process.execPath, ['--no-warnings', '--import', 'tsx', 'main.ts'], {
      cwd: resolve(__dirname, '../..'),
      env: { ...process.env, CDK8S_OUTDIR: outdir },
    });
    return readdirSync(outdir)
      .map((file) => readFileSync(join(outdir, file), 'utf8'))
      .join('---\n');
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Where the YAML of main.ts is not the tutorial's. */
export function differences(): Difference[] {
  const tutorial = ['config-map', 'services', 'stateful-set'].map((file) =>
    readFileSync(join(__dirname, `${file}.yaml`), 'utf8'),
  );
  return compare(Manifests.parse(tutorial.join('---\n')), Manifests.parse(synthMain()));
}
