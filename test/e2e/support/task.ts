import { spawn } from 'child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { kubectl } from './kubectl';

/**
 * The shell commands below a heading of a page in docs/tasks: all blocks of the section, in order, as one script.
 *
 * @param page name of the page, such as `grow-volumes`
 * @param heading heading of the section
 */
export function commandsOf(page: string, heading = 'Steps'): string {
  const text = readFileSync(resolve(__dirname, `../../../docs/tasks/${page}.md`), 'utf8');
  const [, rest] = text.split(`\n## ${heading}\n`);
  const [section] = rest?.split(/^## /m) ?? [''];
  const blocks = [...section.matchAll(/^( *)```sh\n([^]*?)^\1```$/gm)];
  if (!blocks.length) throw new Error(`docs/tasks/${page}.md has no commands under "${heading}"`);
  return blocks
    .map(([, indentation, commands]) => commands.replaceAll(`\n${indentation}`, '\n').slice(indentation.length))
    .join('');
}

/** Runs commands as a reader does: in a namespace, and in a directory with the `dist` of an app. */
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
