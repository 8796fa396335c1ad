import { execFileSync } from 'child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { fileProblems, manifestProblems, PEERS, sbomProblems } from './release';

// Checks the package that would be published, and writes its SBOM next to it. Usage: npm run release:check [-- TARBALL].

const CHECKOUT = resolve(__dirname, '..');
const PACKAGES = join(CHECKOUT, 'packages');
const { name, version, license, peerDependencies } = JSON.parse(readFileSync(join(CHECKOUT, 'package.json'), 'utf8'));
const tarball = resolve(process.argv[2] ?? join(PACKAGES, `js/${name}@${version}.jsii.tgz`));

function run(program: string, args: readonly string[], cwd = CHECKOUT): string {
  return execFileSync(program, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** The SBOM of the package and its peers in the locked versions: without what only this checkout needs. */
function sbom(): string {
  const directory = mkdtempSync(join(tmpdir(), 'sbom-'));
  const app = join(directory, name); // npm gives the component the name of its folder
  try {
    mkdirSync(app);
    const dependencies = Object.fromEntries(PEERS.map((peer) => [peer, peerDependencies[peer]]));
    writeFileSync(join(app, 'package.json'), JSON.stringify({ name, version, license, dependencies }));
    copyFileSync(join(CHECKOUT, 'package-lock.json'), join(app, 'package-lock.json'));
    const npm = (...args: string[]) => run('npm', [...args, '--package-lock-only', '--loglevel=error'], app);
    npm('install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund');
    return npm('sbom', '--sbom-format=cyclonedx');
  } finally {
    rmSync(directory, { recursive: true });
  }
}

if (!existsSync(tarball)) {
  console.error(`there is no ${tarball}: npm run test:languages builds it`);
  process.exit(1);
}
const files = run('tar', ['-tzf', tarball])
  .split('\n')
  .filter(Boolean)
  .map((file) => file.replace(/^package\//, ''));
const bom = sbom();
mkdirSync(PACKAGES, { recursive: true });
const written = join(PACKAGES, `${name}-${version}.cdx.json`);
writeFileSync(written, bom);
const problems = [
  ...fileProblems(files, run('git', ['ls-files', '-z']).split('\0').filter(Boolean)),
  ...manifestProblems(JSON.parse(run('tar', ['-xzOf', tarball, 'package/package.json'])), version),
  ...sbomProblems(JSON.parse(bom)),
];
for (const problem of problems) console.error(`${name} ${problem}`);
if (problems.length) process.exit(1);
console.log(`${tarball}: ${files.length} files, as expected; no dependencies but its peers, and no install scripts`);
console.log(`${written}: its SBOM, with ${JSON.parse(bom).components.length} components`);
