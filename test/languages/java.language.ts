import { cpSync, readFileSync } from 'fs';
import { join } from 'path';
import { synthFile } from '../support/synth-file';
import { APPS, manifest, MAVEN, npmPackage, PACKAGES, temporaryDirectory } from './support/packages';
import { run } from './support/run';

const directory = temporaryDirectory();

test('the package carries the one on npm', async () => {
  const { name, version, jsii } = manifest();
  const { groupId, artifactId } = jsii.targets.java.maven;
  const group = groupId.replaceAll('.', '/');
  const jar = join(PACKAGES, 'java', group, artifactId, version, `${artifactId}-${version}.jar`);
  const file = `${group}/${name}@${version}.jsii.tgz`;
  await run('jar', ['--extract', `--file=${jar}`, file], directory);
  expect(readFileSync(join(directory, file)).equals(npmPackage())).toBe(true);
});

test('the app in Java synthesizes the YAML of the one in TypeScript', async () => {
  cpSync(join(APPS, 'java'), directory, { recursive: true });
  const args = ['--quiet', '--batch-mode', `-Dmaven.repo.local=${MAVEN}`, 'compile', 'exec:java'];
  const output = await run('mvn', args, directory, { CDK8S_OUTDIR: directory });
  expect(output).toContain('write to orders-0.orders:3306, read from orders-read:3306\n');
  expect(readFileSync(join(directory, 'database.k8s.yaml'), 'utf8')).toBe(synthFile('examples/languages/main.ts'));
});
