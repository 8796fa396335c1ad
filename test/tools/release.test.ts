import { readFileSync } from 'fs';
import { resolve } from 'path';
import { expectedFiles, fileProblems, manifestProblems, sbomProblems } from '../../tools/release';

const TRACKED = ['lib/index.ts', 'lib/options/network.ts', 'docs/README.md', 'README.md', 'package.json', 'main.ts'];
const FILES = [
  ...['.jsii', 'README.md', 'build/lib/index.d.ts', 'build/lib/index.js', 'build/lib/options/network.d.ts'],
  ...['build/lib/options/network.js', 'docs/README.md', 'package.json'],
];
const peerDependencies = { constructs: '^10.3.0', cdk8s: '^2.68.11', 'cdk8s-plus-28': '^2.5.6' };
const manifest = { version: '0.1.0', peerDependencies, scripts: { build: 'jsii', prepack: 'npm run build' } };

test('the package has what compiles each source, and documentation as it is', () => {
  expect(expectedFiles(TRACKED)).toEqual(FILES);
  expect(fileProblems(FILES, TRACKED)).toEqual([]);
});

test('a file that nobody expects, and one that is missing, are named', () => {
  expect(fileProblems([...FILES.slice(1), 'build/secret.js', 'docs/notes.txt'], TRACKED)).toEqual([
    'has build/secret.js, which no rule of tools/release.ts expects',
    'has docs/notes.txt, which no rule of tools/release.ts expects',
    'lacks .jsii',
  ]);
});

test('the package of this checkout would have no dependencies and no install scripts', () => {
  const own = JSON.parse(readFileSync(resolve(__dirname, '../../package.json'), 'utf8'));
  expect(manifestProblems(own, own.version)).toEqual([]);
});

test.each([
  [{ version: '0.2.0' }, 'is version 0.2.0, and package.json 0.1.0'],
  [{ dependencies: { yaml: '2' } }, 'has dependencies: yaml'],
  [{ optionalDependencies: { fsevents: '2' } }, 'has optionalDependencies: fsevents'],
  [
    { peerDependencies: { ...peerDependencies, yaml: '2' } },
    'has the peers cdk8s, cdk8s-plus-28, constructs, yaml, not cdk8s, cdk8s-plus-28, constructs',
  ],
  ...['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'].map((script): [object, string] => [
    { scripts: { [script]: 'true' } },
    `has the script ${script}, which runs where it is installed`,
  ]),
])('%j is refused', (change, problem) => {
  expect(manifestProblems(manifest, '0.1.0')).toEqual([]);
  expect(manifestProblems({ ...manifest, ...change }, '0.1.0')).toEqual([problem]);
});

test('the SBOM says that the package needs its peers, and no more', () => {
  const sbom = (...needed: string[]) => ({
    metadata: { component: { 'bom-ref': 'this@0.1.0' } },
    components: [...needed, 'yaml'].map((name) => ({ name, 'bom-ref': `${name}@1` })),
    dependencies: [{ ref: 'this@0.1.0', dependsOn: needed.map((name) => `${name}@1`) }],
  });
  expect(sbomProblems(sbom('constructs', 'cdk8s', 'cdk8s-plus-28'))).toEqual([]);
  expect(sbomProblems(sbom('constructs', 'left-pad'))).toEqual([
    'needs constructs, left-pad in its SBOM, not its peers',
  ]);
  expect(sbomProblems(sbom())).toEqual(['needs nothing in its SBOM, not its peers']);
});
