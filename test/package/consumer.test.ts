import { spawnSync } from 'child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { Manifests, synthApp } from '../support/manifests';
import { filesIn, linksOf } from '../support/pages';
import { ReplicatedMySql } from '../../lib';

// The package as its users get it: packed, installed into an empty app, compiled and synthesized there.

const CHECKOUT = resolve(__dirname, '../..');
/** The package has them as they are. */
const SHIPPED = ['docs', 'examples']
  .flatMap(filesIn)
  .concat([
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    'LICENSE',
    'README.md',
    'SECURITY.md',
    'records/faults.json',
    'test/faults/README.md',
  ]);
const PEERS = ['cdk8s', 'cdk8s-plus-28', 'constructs'];
const APP = `
import { App, Chart } from 'cdk8s';
import { Credentials, Endpoint, ReplicatedMySql, ReplicatedMySqlProps } from 'cdk8s-replicated-mysql';

const app = new App();
const props: ReplicatedMySqlProps = { replicas: 5, credentials: Credentials.fromSecret('vault') };
new ReplicatedMySql(new Chart(app, 'simple'), 'mysql');
const orders = new ReplicatedMySql(new Chart(app, 'orders'), 'mysql', { ...props, name: 'orders' });
const primary: Endpoint = orders.primary;
// @ts-expect-error: a prop of a wrong type
export const wrong: ReplicatedMySqlProps = { replicas: 'five' };
console.log(primary.socketAddress);
app.synth();
`;

const IMPORTS_OF_EXAMPLES = `
import { Chart, Duration, Size } from 'cdk8s';
import { Cpu, Deployment } from 'cdk8s-plus-28';
import { Client, CloneMethod, ClusteredApp, Credentials, Destination, Exposure, Grant, Initialize, Password, Reads, ReplicatedMySql, TemporaryFiles, Tls } from 'cdk8s-replicated-mysql';
declare const chart: Chart;
`;

const directory = mkdtempSync(join(tmpdir(), 'consumer-'));
const source = join(directory, 'source');
const app = join(directory, 'app');
afterAll(() => rmSync(directory, { recursive: true }));

/** Runs a program, and returns its output, or a description of its failure. */
function run(cwd: string, program: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  return status === 0 ? stdout : `${program} exited with ${status}: ${stdout}${stderr}`;
}

const node = (...args: string[]) => run(app, process.execPath, ...args);
const compile = (...args: string[]) =>
  node(join(CHECKOUT, 'node_modules/typescript/bin/tsc'), '--strict', '--module', 'node16', ...args);

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}
let packed: Packed;

beforeAll(() => {
  // Packing a copy keeps an earlier build out of the package, and leaves the checkout alone.
  mkdirSync(source);
  for (const file of ['package.json', 'tsconfig.json', 'tsconfig.build.json', 'lib', 'imports', ...SHIPPED]) {
    cpSync(join(CHECKOUT, file), join(source, file), { recursive: true });
  }
  symlinkSync(join(CHECKOUT, 'node_modules'), join(source, 'node_modules'));
  [packed] = JSON.parse(run(source, 'npm', 'pack', '--json', '--loglevel=error')) as Packed[];

  mkdirSync(join(app, 'node_modules'), { recursive: true });
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'app', private: true }));
  writeFileSync(join(app, 'main.ts'), APP);
  const tarball = join(source, packed.filename);
  run(app, 'npm', 'install', '--offline', '--legacy-peer-deps', '--no-audit', '--no-fund', '--loglevel=error', tarball);
  for (const peer of PEERS) symlinkSync(join(CHECKOUT, 'node_modules', peer), join(app, 'node_modules', peer));
});

test('the package holds the build of lib, its API for other languages, the documentation and the examples', () => {
  const built = ['lib', 'imports']
    .flatMap((folder) =>
      readdirSync(join(CHECKOUT, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
    )
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [`build/${file.replace(/\.ts$/, '.js')}`, `build/${file.replace(/\.ts$/, '.d.ts')}`]);
  expect(packed.files.map(({ path }) => path).sort()).toEqual([...built, ...SHIPPED, '.jsii', 'package.json'].sort());
});

test('every link of a page in the package leads to a file in it', () => {
  const files = packed.files.map(({ path }) => path);
  const links = files.filter((file) => file.endsWith('.md')).flatMap(linksOf);
  expect(links.length).toBeGreaterThan(100);
  expect(links.filter(({ file }) => !files.includes(file)).map(({ source }) => source)).toEqual([]);
});

test('it has no dependencies, and needs three peers of its app', () => {
  const manifest = JSON.parse(readFileSync(join(app, 'node_modules/cdk8s-replicated-mysql/package.json'), 'utf8'));
  expect(manifest.dependencies).toBe(undefined);
  expect(Object.keys(manifest.peerDependencies).sort()).toEqual([...PEERS].sort());
  expect(
    readdirSync(join(app, 'node_modules'))
      .filter((name) => !name.startsWith('.'))
      .sort(),
  ).toEqual([...PEERS, 'cdk8s-replicated-mysql'].sort());
});

test('its declarations compile, and so does the app, except for a prop of a wrong type', () => {
  expect(compile('--skipLibCheck', 'false', 'main.ts')).toBe('');
});

test('docs/reference/api.md shows the doc comments; npm run docs writes it', () => {
  const docgen = join(CHECKOUT, 'node_modules/jsii-docgen/bin/jsii-docgen');
  expect(run(source, process.execPath, docgen, '--output', join(directory, 'api.md'))).toBe('');
  const [written, committed] = [directory, join(CHECKOUT, 'docs/reference')].map((folder) =>
    readFileSync(join(folder, 'api.md'), 'utf8'),
  );
  expect(written).toBe(committed);
});

test('the examples of the API reference compile in an app', () => {
  const page = readFileSync(join(CHECKOUT, 'docs/reference/api.md'), 'utf8');
  const examples = [...page.matchAll(/^\*Example\*\n\n```typescript\n([^]*?)```$/gm)].map(
    ([, code]) => `{\n${code}}\n`,
  );
  expect(examples.length).toBeGreaterThan(10);
  writeFileSync(join(app, 'examples.ts'), `${IMPORTS_OF_EXAMPLES}${examples.join('')}`);
  expect(compile('--noEmit', '--skipLibCheck', 'examples.ts')).toBe('');
});

test('the app synthesizes the same YAML as the sources', () => {
  expect(node('main.js')).toBe('orders-0.orders:3306\n');
  const yaml = readFileSync(join(app, 'dist/simple.k8s.yaml'), 'utf8');
  expect(yaml).toBe(synthApp((chart) => new ReplicatedMySql(chart, 'mysql')));
  const orders = Manifests.parse(readFileSync(join(app, 'dist/orders.k8s.yaml'), 'utf8'));
  expect(orders.names).toContain('StatefulSet/orders');
});
