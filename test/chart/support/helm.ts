import { execFileSync, spawnSync } from 'child_process';
import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { writeChart } from '../../../chart/write';

const HELM = resolve(__dirname, '../../../tools/helm');

/** The chart, written anew. */
export function chartDirectory(): string {
  const directory = join(mkdtempSync(join(tmpdir(), 'chart-')), 'replicated-mysql');
  writeChart(directory);
  return directory;
}

/** What Helm prints. @throws if it fails */
export function helm(...args: string[]): string {
  return execFileSync(HELM, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
}

/** A file with values. */
export function valuesFile(values: object): string {
  const file = join(mkdtempSync(join(tmpdir(), 'values-')), 'values.json');
  writeFileSync(file, JSON.stringify(values));
  return file;
}

/** What `helm template` prints, or why it refuses. Without a cluster, a Helm that Go builds assumes Kubernetes 1.20. */
export function rendered(
  chart: string,
  values: object,
  release = 'mysql',
  ...more: string[]
): { text: string; refusal: string } {
  const { stdout, stderr, status } = spawnSync(
    HELM,
    ['template', release, chart, '--no-hooks', '--kube-version', '1.36.0', '--values', valuesFile(values), ...more],
    {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    },
  );
  return { text: status === 0 ? stdout : '', refusal: status === 0 ? '' : stderr };
}
