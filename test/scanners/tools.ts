import { execFile } from 'child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'fs';
import { homedir } from 'os';
import { join } from 'path';
import { promisify } from 'util';

const run = promisify(execFile);

/** Outside of the repository, so that each version is installed once. */
const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cdk8s-replicated-mysql');

/** Installs a tool unless it is there, and returns its program. */
async function install(name: string, into: (directory: string) => Promise<string>): Promise<string> {
  const directory = join(CACHE, name);
  const complete = join(directory, '.complete');
  if (!existsSync(complete)) {
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
    writeFileSync(complete + '.new', await into(directory));
    renameSync(complete + '.new', complete);
  }
  return readFileSync(complete, 'utf8');
}

const go = (module: string, version: string) =>
  install(`${module.split('/').pop()}-${version}`, async (directory) => {
    await run('go', ['install', `${module}@${version}`], { env: { ...process.env, GOBIN: directory } });
    return join(directory, module.split('/').pop()!);
  });

const pip = (name: string, version: string) =>
  install(`${name}-${version}`, async (directory) => {
    await run('python3', ['-m', 'venv', directory]);
    await run(join(directory, 'bin/pip'), ['install', '--quiet', `${name}==${version}`]);
    return join(directory, 'bin', name);
  });

/** The programs of all scanners. */
export async function scanners(): Promise<{ kubeconform: string; kubeScore: string; checkov: string }> {
  const [kubeconform, kubeScore, checkov] = await Promise.all([
    go('github.com/yannh/kubeconform/cmd/kubeconform', 'v0.7.0'),
    go('github.com/zegl/kube-score/cmd/kube-score', 'v1.20.0'),
    pip('checkov', '3.3.30'),
  ]);
  return { kubeconform, kubeScore, checkov };
}
