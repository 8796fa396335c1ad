import { execFileSync } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { parseAllDocuments } from 'yaml';
import { writeChart } from '../chart/write';
import { yamlOf } from '../test/e2e/support/cluster';
import { Benchmark } from './benchmark';
import { Build } from './support/build';
import { median } from './support/median';
import { options } from './support/options';
import { multiple, table } from './support/table';

const CHECKOUT = resolve(__dirname, '..');
const CLUSTERS = [1, 20, 300];
const TITLES: Record<string, string> = {
  this: 'this build',
  before: 'earlier build',
  objects: 'the same objects, written by hand with the typed classes of cdk8s-plus-28',
  helm: 'one `helm template` of a chart with as many subcharts of ours',
};

/** Runs an app, and returns how long it takes, in seconds. */
function app(directory: string, clusters: number, ...source: string[]): number {
  const script = resolve(__dirname, 'support/synth-app.ts');
  const outdir = join(directory, 'out');
  return seconds(process.execPath, '--no-warnings', '--import', 'tsx', script, outdir, String(clusters), ...source);
}

function seconds(program: string, ...args: string[]): number {
  const start = process.hrtime.bigint();
  execFileSync(program, args, { cwd: CHECKOUT, stdio: ['ignore', 'ignore', 'inherit'] });
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** A chart that depends on ours as often as there are clusters, under a name for each. */
function umbrella(directory: string, clusters: number): string {
  const chart = join(directory, `umbrella-${clusters}`);
  writeChart(join(chart, 'charts/replicated-mysql'));
  const names = Array.from({ length: clusters }, (_, i) => `mysql-${i}`);
  const dependencies = names.map((alias) => ({ name: 'replicated-mysql', version: '*', alias }));
  const metadata = { apiVersion: 'v2', name: 'umbrella', version: '0.1.0', dependencies };
  writeFileSync(join(chart, 'Chart.yaml'), JSON.stringify(metadata));
  writeFileSync(join(chart, 'values.yaml'), JSON.stringify(Object.fromEntries(names.map((name) => [name, { name }]))));
  return chart;
}

async function run(args: string[]): Promise<void> {
  const { rows, rounds, before } = options(args, { rows: Object.keys(TITLES), rounds: 3 });
  const directory = mkdtempSync(join(tmpdir(), 'synth-'));
  const earlier = before === undefined ? undefined : Build.at(before);
  if (rows.includes('before') && !earlier) throw new Error('give the commit of the earlier build: --before COMMIT');
  const objects = join(directory, 'objects.json');
  writeFileSync(objects, JSON.stringify(parseAllDocuments(yamlOf({})).map((document) => document.toJSON())));
  const measures: Record<string, (clusters: number) => number> = {
    this: (clusters) => app(directory, clusters, 'library', join(CHECKOUT, 'lib')),
    before: (clusters) => app(directory, clusters, 'library', join(earlier!.directory, 'lib')),
    objects: (clusters) => app(directory, clusters, 'objects', objects),
    helm: (clusters) => seconds('tools/helm', 'template', 'mysql', join(directory, `umbrella-${clusters}`)),
  };
  try {
    if (rows.includes('helm')) for (const clusters of CLUSTERS) umbrella(directory, clusters);
    const results = new Map(rows.map((row) => [row, CLUSTERS.map((): number[] => [])]));
    for (let round = 1; round <= rounds; round++)
      for (const [i, clusters] of CLUSTERS.entries())
        for (const row of rows) {
          const measured = measures[row](clusters);
          results.get(row)![i].push(measured);
          console.info(`round ${round}: ${clusters} clusters, ${row} ${measured.toFixed(2)} s`);
        }
    const base = results.get('this')?.map(median);
    const header = ['', ...CLUSTERS.flatMap((clusters) => [`${clusters} clusters`, "… as a multiple of this build's"])];
    const lines = [...results].map(([row, values]) => [
      TITLES[row],
      ...values.flatMap((value, i) => [`${median(value).toFixed(2)} s`, multiple(median(value), base?.[i])]),
    ]);
    console.info(`\n${new Date().toISOString().slice(0, 10)}, ${rounds} rounds, medians\n\n${table(header, lines)}`);
  } finally {
    earlier?.remove();
    rmSync(directory, { recursive: true });
  }
}

export const synth: Benchmark = {
  name: 'synth',
  title: `how long an app of ${CLUSTERS.join(', ')} clusters takes; needs no cluster`,
  run,
};
