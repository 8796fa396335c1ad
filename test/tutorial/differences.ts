import { readFileSync } from 'fs';
import { join } from 'path';
import { Manifests } from '../support/manifests';
import { synthFile } from '../support/synth-file';
import { compare, Difference } from './compare';

/** The YAML of the tutorial, without its scripts. */
export function tutorial(): string {
  const files = ['config-map', 'services', 'stateful-set'];
  return files.map((file) => readFileSync(join(__dirname, `${file}.yaml`), 'utf8')).join('---\n');
}

/** The YAML of main.ts. */
export const synthMain = () => synthFile('main.ts');

/** Where the YAML of main.ts is not the tutorial's. */
export function differences(): Difference[] {
  return compare(Manifests.parse(tutorial()), Manifests.parse(synthMain()));
}
