import { execFileSync } from 'child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'fs';
import { createRequire } from 'module';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { ReplicatedMySqlProps } from '../../lib';
import { yamlOf } from '../../test/e2e/support/cluster';
import { synthFile } from '../../test/support/synth-file';

type Library = typeof import('../../lib');

const CHECKOUT = resolve(__dirname, '../..');

/** The library as it is here, or as it was at an earlier commit. */
export class Build {
  public static readonly here = new Build(CHECKOUT);

  /** Unpacks a commit of this repository into a temporary folder, with the packages of this checkout. */
  public static at(commit: string): Build {
    const directory = mkdtempSync(join(tmpdir(), 'earlier-build-'));
    const archive = execFileSync('git', ['archive', commit], { cwd: CHECKOUT, maxBuffer: 2 ** 30 });
    execFileSync('tar', ['-x', '-C', directory], { input: archive });
    symlinkSync(join(CHECKOUT, 'node_modules'), join(directory, 'node_modules'));
    return new Build(directory);
  }

  private constructor(public readonly directory: string) {}

  /** The YAML of main.ts. */
  public main(): string {
    return synthFile('main.ts', this.directory);
  }

  /** The YAML of a cluster with these props. */
  public cluster(props: (library: Library) => ReplicatedMySqlProps): string {
    const library: Library = createRequire(join(this.directory, 'package.json'))('./lib');
    return yamlOf(props(library), library.ReplicatedMySql);
  }

  /** Removes the folder of an earlier commit. */
  public remove(): void {
    if (this.directory !== CHECKOUT) rmSync(this.directory, { recursive: true });
  }
}
