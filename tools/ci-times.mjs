// Prints how long each phase of a run of .ci/run took. Usage: node tools/ci-times.mjs FOLDER. It imports no installed
// package, because it also reports runs whose installation failed. The folder contains phases.tsv, with lines of PHASE,
// START and SECONDS, and, if the run got that far, e2e.json from jest and faults.json from the fault suite.
import { existsSync, readFileSync } from 'fs';
import { basename, join } from 'path';

const [folder] = process.argv.slice(2);
const read = (file) => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : '');
const readJson = (file) => JSON.parse(read(file) || 'null');
const row = (name, start, seconds) => `${name.padEnd(42)} ${String(start).padStart(6)} ${String(seconds).padStart(8)}`;
const longestFirst = (items) => items.sort((a, b) => b.seconds - a.seconds);

const details = {
  e2e: (readJson('e2e.json')?.testResults ?? []).map(({ name, startTime, endTime }) => ({
    name: basename(name).replace(/\.e2e\.ts$/, ''),
    seconds: Math.round((endTime - startTime) / 1000),
  })),
  faults: (readJson('faults.json') ?? []).map(({ name, seconds, notRun }) => ({
    name: notRun ? `${name} (not run)` : name,
    seconds: seconds ?? 0,
  })),
};
const phases = read('phases.tsv')
  .split('\n')
  .filter(Boolean)
  .map((line) => line.split('\t'))
  .map(([name, start, seconds]) => ({ name, start: Number(start), seconds: Number(seconds) }))
  .sort((a, b) => a.start - b.start);

console.log(row('phase', 'start', 'seconds'));
for (const { name, start, seconds } of phases) {
  console.log(row(name, start, seconds));
  for (const detail of longestFirst(details[name] ?? [])) console.log(row(`  ${detail.name}`, '', detail.seconds));
}
console.log(row('total', '', Math.max(0, ...phases.map(({ start, seconds }) => start + seconds))));
