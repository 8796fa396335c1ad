import { existsSync, mkdtempSync, readFileSync, rmSync } from 'fs';
import { homedir, tmpdir } from 'os';
import { join, resolve } from 'path';

export const CHECKOUT = resolve(__dirname, '../../..');
/** What would be published. */
export const PACKAGES = join(CHECKOUT, 'packages');
export const APPS = join(CHECKOUT, 'examples/languages');

/** The packages of the peers in the locked versions, and what Maven downloads. It outlives the checkout. */
export const MAVEN = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cdk8s-replicated-mysql/maven');

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly jsii: { readonly targets: Targets };
}
interface Targets {
  readonly java: { readonly maven: { readonly groupId: string; readonly artifactId: string } };
  readonly go: { readonly moduleName: string; readonly packageName: string };
}

export function manifest(directory = CHECKOUT): Manifest {
  return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
}

/** Whether Maven's repository has the package of a directory. */
export function isInMaven(directory: string): boolean {
  const { version, jsii } = manifest(directory);
  const { groupId, artifactId } = jsii.targets.java.maven;
  return existsSync(join(MAVEN, ...groupId.split('.'), artifactId, version, `${artifactId}-${version}.jar`));
}

/** The package on npm. Those of the other languages carry it. */
export function npmPackage(): Buffer {
  const { name, version } = manifest();
  return readFileSync(join(PACKAGES, `js/${name}@${version}.jsii.tgz`));
}

/** A directory that is gone after the tests of the file. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'languages-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  return directory;
}
