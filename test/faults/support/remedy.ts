import { execFile } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { promisify } from 'util';
import { TestCluster } from '../../e2e/support/cluster';
import { kubectl } from '../../e2e/support/kubectl';

/** The command that a message prints, word for word, from `kubectl` on. */
export function remedyIn(message: string): string {
  const found = /kubectl .*&& kubectl delete pod [a-z0-9-]+/.exec(message);
  if (!found) throw new Error(`no command in: ${message}`);
  return found[0];
}

/** Runs the command of a message, with a kubeconfig whose current namespace is that of the cluster. */
export async function followRemedy(cluster: TestCluster, message: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'remedy-'));
  const config = join(folder, 'kubeconfig');
  try {
    writeFileSync(config, await kubectl(['config', 'view', '--raw', '--minify', '--flatten']), { mode: 0o600 });
    await kubectl(['--kubeconfig', config, 'config', 'set-context', '--current', `--namespace=${cluster.namespace}`]);
    await promisify(execFile)('bash', ['-c', remedyIn(message)], { env: { ...process.env, KUBECONFIG: config } });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
