import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { synthFile } from '../support/synth-file';
import { APPS, manifest, npmPackage, PACKAGES, temporaryDirectory } from './support/packages';
import { run } from './support/run';

const directory = temporaryDirectory();
const python = (...args: string[]) => run(join(directory, 'bin/python'), args, directory, { CDK8S_OUTDIR: directory });

beforeAll(async () => {
  const wheel = `cdk8s_replicated_mysql-${manifest().version}-py3-none-any.whl`;
  await run('python3', ['-m', 'venv', directory], directory);
  await python('-m', 'pip', 'install', '--quiet', join(PACKAGES, 'python', wheel));
});

test('the package carries the one on npm', () => {
  const { name, version } = manifest();
  const carried = readdirSync(directory, { recursive: true, encoding: 'utf8' }).find((file) =>
    file.endsWith(`_jsii/${name}@${version}.jsii.tgz`),
  );
  expect(readFileSync(join(directory, carried!)).equals(npmPackage())).toBe(true);
});

test('the app in Python synthesizes the YAML of the one in TypeScript', async () => {
  expect(await python(join(APPS, 'python/main.py'))).toBe(
    'write to orders-0.orders:3306, read from orders-read:3306\n',
  );
  expect(readFileSync(join(directory, 'database.k8s.yaml'), 'utf8')).toBe(synthFile('examples/languages/main.ts'));
});

test('synth reports the violations of rules, with prop, value and remedy', async () => {
  const app = `
from cdk8s import App, Chart
from cdk8s_replicated_mysql import ReplicatedMySql, SettingsProps
app = App()
ReplicatedMySql(Chart(app, "chart"), "mysql", replicas=0, settings=SettingsProps(all={"log-bin": "off"}))
app.synth()
`;
  const failure = await python('-c', app).catch((error: Error) => error.message);
  expect(failure).toContain('[chart/mysql] replicas: 0 is not a number of instances. Use a whole number, at least 1');
  expect(failure).toContain('[chart/mysql] settings.all.log-bin: "off" would change an option');
});
