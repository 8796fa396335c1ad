/** The packages that an app brings along, and the only ones. */
export const PEERS = ['cdk8s', 'cdk8s-plus-28', 'constructs'];

/** What npm would run on the machine of whoever installs the package. */
const INSTALL_SCRIPTS = /^((pre|post)?(install|prepare)|prepublish)$/;

/** Tracked files that the package has as they are. Deliberately not read from `files` of package.json, which it checks. */
const AS_THEY_ARE =
  /^(docs\/|examples\/|records\/faults\.json$|test\/faults\/README\.md$|(CHANGELOG|CONTRIBUTING|README|SECURITY)\.md$|LICENSE$|package\.json$)/;

interface Manifest {
  readonly version?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

interface Sbom {
  readonly metadata: { readonly component: { readonly 'bom-ref': string } };
  readonly components: readonly { readonly 'bom-ref': string; readonly name: string }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/** The files of the package: what compiles each source, its API for other languages, and some files as they are. */
export function expectedFiles(tracked: readonly string[]): string[] {
  const built = tracked
    .filter((file) => /^(lib|imports)\/.*\.ts$/.test(file))
    .flatMap((file) => ['.js', '.d.ts'].map((end) => `build/${file.replace(/\.ts$/, end)}`));
  return [...built, ...tracked.filter((file) => AS_THEY_ARE.test(file)), '.jsii'].sort();
}

/** What is wrong with the files of the package. */
export function fileProblems(files: readonly string[], tracked: readonly string[]): string[] {
  const expected = expectedFiles(tracked);
  return [
    ...files
      .filter((file) => !expected.includes(file))
      .map((file) => `has ${file}, which no rule of tools/release.ts expects`),
    ...expected.filter((file) => !files.includes(file)).map((file) => `lacks ${file}`),
  ];
}

/** What is wrong with the package.json in the package. */
export function manifestProblems(manifest: Manifest, version: string): string[] {
  const kinds = ['dependencies', 'optionalDependencies', 'bundledDependencies', 'bundleDependencies'];
  const peers = Object.keys(manifest.peerDependencies ?? {}).sort();
  return [
    ...(manifest.version === version ? [] : [`is version ${manifest.version}, and package.json ${version}`]),
    ...kinds
      .filter((kind) => Object.keys(manifest[kind] ?? {}).length)
      .map((kind) => `has ${kind}: ${Object.keys(manifest[kind] ?? {}).join(', ')}`),
    ...(peers.join() === PEERS.join() ? [] : [`has the peers ${peers.join(', ')}, not ${PEERS.join(', ')}`]),
    ...Object.keys(manifest.scripts ?? {})
      .filter((script) => INSTALL_SCRIPTS.test(script))
      .map((script) => `has the script ${script}, which runs where it is installed`),
  ];
}

/** What is wrong with the SBOM: it says that the package needs its peers, and no more. */
export function sbomProblems({ metadata, components, dependencies }: Sbom): string[] {
  const needed = dependencies.find(({ ref }) => ref === metadata.component['bom-ref'])?.dependsOn ?? [];
  const names = components.filter((component) => needed.includes(component['bom-ref'])).map(({ name }) => name);
  return names.sort().join() === PEERS.join()
    ? []
    : [`needs ${names.join(', ') || 'nothing'} in its SBOM, not its peers`];
}
