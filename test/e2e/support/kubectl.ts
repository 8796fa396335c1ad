import { spawn } from 'child_process';

export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs kubectl against the cluster that KUBECONFIG names, and returns its result even if it fails. */
export function tryKubectl(args: string[], input = ''): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn('kubectl', args, { stdio: 'pipe' });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => (output.stdout += chunk));
    child.stderr.on('data', (chunk) => (output.stderr += chunk));
    child.on('error', (cause) => reject(new Error('kubectl does not start: the tests need it on the PATH', { cause })));
    child.on('close', (code) => resolve({ code: code ?? 1, ...output }));
    child.stdin.on('error', () => undefined); // the command may end without reading its input
    child.stdin.end(input);
  });
}

/** Runs kubectl, and returns its output. Throws with all of its output if it fails. */
export async function kubectl(args: string[], input = ''): Promise<string> {
  const { code, stdout, stderr } = await tryKubectl(args, input);
  if (code !== 0) throw new Error(`kubectl ${args.join(' ').slice(0, 300)}: exit code ${code}\n${stderr}${stdout}`);
  return stdout;
}
