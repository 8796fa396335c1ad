import { spawn } from 'child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { kubectl } from './kubectl';

/** The commands of a task of docs/troubleshooting.md: the first block of shell below its heading. */
export function commandsOf(heading: string): string {
  const text = readFileSync(resolve(__dirname, '../../../docs/troubleshooting.md'), 'utf8');
  const [, section] = text.split(`\n### ${heading}\n`);
  const block = section?.split(/\n##/)[0].match(/```sh\n([^]*?)```/);
  if (!block) throw new Error(`docs/troubleshooting.md has no commands under "${heading}"`);
  return block[1];
}

/** Runs commands as a reader does: in a namespace, beside the `dist` of an app. */
export async function runAsReader(commands: string, namespace: string, dist: string): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'reader-'));
  try {
    mkdirSync(join(directory, 'dist'));
    writeFileSync(join(directory, 'dist/test.k8s.yaml'), dist);
    const config = join(directory, 'kubeconfig');
    writeFileSync(config, await kubectl(['config', 'view', '--raw', '--flatten', '--minify']), { mode: 0o600 });
    await kubectl(['--kubeconfig', config, 'config', 'set-context', '--current', `--namespace=${namespace}`]);
    return await bash(commands, directory, { ...process.env, KUBECONFIG: config });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function bash(commands: string, cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', commands], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(output) : reject(new Error(`exit code ${code}: ${output}`))));
  });
}
