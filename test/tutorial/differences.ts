import { readFileSync } from 'fs';
import { join } from 'path';
import { Manifests } from '../manifests';
import { synthFile } from '../synth-file';
import { compare, Difference } from './compare';

/** The YAML of main.ts. */
export const synthMain = () => synthFile('main.ts');

/** Where the YAML of main.ts is not the tutorial's. */
export function differences(): Difference[] {
  const tutorial = ['config-map', 'services', 'stateful-set'].map((file) =>
    readFileSync(join(__dirname, `${file}.yaml`), 'utf8'),
  );
  return compare(Manifests.parse(tutorial.join('---\n')), Manifests.parse(synthMain()));
}
