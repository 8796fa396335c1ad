import { rmSync } from 'fs';
import { join } from 'path';
import { CHECKOUT, isInMaven, MAVEN, PACKAGES } from './packages';
import { run } from './run';

const PROGRAMS = {
  python3: ['-c', 'import venv, ensurepip', 'Python 3.10 or later with venv: on Debian, apt-get install python3-venv'],
  javac: ['-version', 'a JDK 17 or later: on Debian, apt-get install default-jdk-headless'],
  mvn: ['--version', 'Maven 3.8 or later: on Debian, apt-get install maven'],
  go: ['version', 'Go 1.25 or later: https://go.dev/doc/install'],
};

const peer = (name: string) => `node_modules/${name}`;
const JAVA_PEERS = ['constructs', 'cdk8s', 'cdk8s-plus-28'].map(peer);

/** Builds the package of each language into `packages/`. */
export default async function build(): Promise<void> {
  await requirePrograms();
  rmSync(PACKAGES, { recursive: true, force: true });
  // Peers come from node_modules, so all languages have the locked versions, whatever their registries offer.
  await Promise.all([
    pacmak(['go'], ['.', peer('cdk8s')], PACKAGES),
    JAVA_PEERS.every((directory) => isInMaven(join(CHECKOUT, directory)))
      ? undefined
      : pacmak(['java'], JAVA_PEERS, join(MAVEN, '../peers'), '--mvn-define=maven.javadoc.skip=true'),
  ]);
  await pacmak(['js', 'python', 'java'], ['.'], PACKAGES);
}

async function requirePrograms(): Promise<void> {
  const missing: string[] = [];
  for (const [program, words] of Object.entries(PROGRAMS)) {
    await run(program, words.slice(0, -1), CHECKOUT).catch(() => missing.push(`${program}, of ${words.at(-1)}`));
  }
  if (missing.length) throw new Error(`npm run test:languages needs\n${missing.join('\n')}`);
}

function pacmak(targets: string[], projects: string[], outdir: string, ...args: string[]): Promise<string> {
  return run(
    process.execPath,
    [
      join(CHECKOUT, 'node_modules/jsii-pacmak/bin/jsii-pacmak'),
      ...targets.map((target) => `--target=${target}`),
      `--outdir=${outdir}`,
      '--no-npmignore', // package.json has `files`
      `--maven-local-repository=${MAVEN}`,
      ...args,
      ...projects,
    ],
    CHECKOUT,
  );
}
