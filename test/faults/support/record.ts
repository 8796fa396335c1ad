import { writeFileSync } from 'fs';
import { resolve } from 'path';
import { Fault } from '../fault';
import { FaultResult, keepResults } from './results';
import { table } from './table';

const PAGE = resolve(__dirname, '../../../docs/faults.md');
const RESULTS = resolve(__dirname, '../../../records/faults.json');

/** Puts results into records/faults.json, and writes docs/faults.md from it; faults that it lacks are listed as not run. */
export function record(faults: readonly Fault[], results: FaultResult[]): void {
  const all = keepResults(RESULTS, results).filter(({ name }) => faults.some((fault) => fault.name === name));
  const notRun = faults.filter(({ name }) => !all.some((result) => result.name === name));
  writeFileSync(PAGE, page(all, notRun));
}

/** The page. */
export function page(results: FaultResult[], notRun: readonly Fault[]): string {
  const all = (value: (result: FaultResult) => string) => [...new Set(results.map(value))].sort().join(', ');
  return `# Faults

What happens when things break, measured on a real cluster. \`npm run test:faults -- --record\` runs all of it (20 rounds of the faults that take less than 20 s a round, 5 of the others) and writes this page; with \`--fault\` and \`--rounds\` it runs what is asked for, and keeps the rows of the other faults. The column "rounds" says what was run for the figures here, [faults.json](../records/faults.json) what each round came to.

- date: ${all(({ date }) => date.slice(0, 10))}
- seed: ${all(({ seed }) => String(seed))}
- Kubernetes: ${all(({ versions }) => versions.kubernetes)}
- server: ${all(({ server }) => server ?? '')}
- images: ${all(({ versions }) => versions.images.join(', '))}

${table(results)}
${notRun.map(({ number, title }) => `\nNot run: ${number}, ${title}.\n`).join('')}
## The columns

While a fault is there, four connections write numbered rows through \`mysql-0.mysql\`, and two readers read through \`mysql-read\`. They keep a journal of what the server acknowledged and showed, outside of the database.

| column | what it says |
| --- | --- |
| # | several faults of one number are variants of one |
| heals | by itself: nobody does anything; by the remedy: the round does what the message of the pod says, and nothing else |
| rounds | how often it was tried, at random moments; "too late" are those where nothing was left to break |
| failed | rounds after which something that must hold did not |
| lost commits | transactions that the server had acknowledged and that the primary does not have |
| wrong reads | reads that showed other data than was written, a part of a transaction, a row that nobody wrote, or no longer a row that the same server had shown |
| write gap, read gap | the longest time without an acknowledged transaction, without a successful read |
| recovery | from the fault until all instances were ready and a new commit was on each: the longest, and the median |

After each round the load stands still, and the journal, the primary and every replica are compared: every acknowledged row is everywhere, no row that nobody wrote, the same checksums, the same GTID sets, and receiver and applier run.

[test/faults](../test/faults/README.md) says how to run them. The seed determines the random choices.
`;
}
