import { cpSync, readFileSync } from 'fs';
import { join } from 'path';
import { synthFile } from '../support/synth-file';
import { APPS, manifest, npmPackage, PACKAGES, temporaryDirectory } from './support/packages';
import { run } from './support/run';

const directory = temporaryDirectory();
const go = (...args: string[]) => run('go', args, directory, { GOFLAGS: '-mod=mod', CDK8S_OUTDIR: directory });

test('the package carries the one on npm', () => {
  const { name, version, jsii } = manifest();
  const carried = readFileSync(join(PACKAGES, 'go', jsii.targets.go.packageName, `jsii/${name}-${version}.tgz`));
  expect(carried.equals(npmPackage())).toBe(true);
});

test('the app in Go is formatted, and synthesizes the YAML of the one in TypeScript', async () => {
  const { moduleName, packageName } = manifest().jsii.targets.go;
  cpSync(join(APPS, 'go'), directory, { recursive: true });
  expect(await run('gofmt', ['-l', '.'], directory)).toBe('');
  await go(
    'mod',
    'edit',
    `-replace=${moduleName}/${packageName}=${join(PACKAGES, 'go', packageName)}`,
    `-replace=github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2=${join(PACKAGES, 'go/cdk8s')}`,
  );
  expect(await go('run', '.')).toBe('write to orders-0.orders:3306, read from orders-read:3306\n');
  expect(readFileSync(join(directory, 'database.k8s.yaml'), 'utf8')).toBe(synthFile('examples/languages/main.ts'));
});
