import { writeFileSync } from 'fs';
import { resolve } from 'path';
import { faults } from '../cases';
import { FaultResult, mergeResults, readResults, RECORD } from './results';
import { FaultTitle, table } from './table';

/** The page that shows the record. */
export const PAGE = resolve(__dirname, '../../../docs/faults.md');

/** Puts results into the record, and writes the page from it. */
export function record(results: FaultResult[]): void {
  mergeResults(RECORD, results);
  writePage();
}

/** Writes the page from the record, with the titles of today. */
export function writePage(): void {
  writeFileSync(PAGE, page(faults, readResults(RECORD)));
}

/** The page. It lists faults without a result as not run, and leaves out results of faults that no longer exist. */
export function page(faults: readonly FaultTitle[], results: readonly FaultResult[]): string {
  const shown = results.filter(({ name }) => faults.some((fault) => fault.name === name));
  const notRun = faults.filter(({ name }) => !shown.some((result) => result.name === name));
  const all = (value: (result: FaultResult) => string) => [...new Set(shown.map(value))].sort().join(', ');
  return `# Faults

What happens when things break, measured on a real cluster.

- \`npm run test:faults -- --record\` runs all faults and writes this page: 20 rounds of each fault that takes less than 20 s a round, 5 rounds of the others.
- \`--fault\`, \`--part\` and \`--rounds\` run a selection; the other rows stay. The column "rounds" says how many rounds a row shows.
- [records/faults.json](../records/faults.json) has the result of each round. \`npm run docs\` writes this page from it.

Measured:

- date: ${all(({ date }) => date.slice(0, 10))}
- seed: ${all(({ seed }) => String(seed))}
- Kubernetes: ${all(({ versions }) => versions.kubernetes)}
- server: ${all(({ server }) => server ?? '')}
- images: ${all(({ versions }) => versions.images.join(', '))}
- clones: by the CLONE plugin, and by XtraBackup in rows of builds before 3a04010 and in row 2

${table(faults, shown)}
${notRun.map(({ number, title }) => `\nNot run: ${number}, ${title}.\n`).join('')}
## The columns

During each fault, four connections write numbered rows through \`mysql-0.mysql\`, and two readers read through \`mysql-read\`. They keep a journal outside the database of everything that the server acknowledged and returned.

| column | meaning |
| --- | --- |
| # | number of the fault; variants of one fault share a number |
| heals | by itself: nobody intervenes; by the remedy: the round follows the message of the pod, and does nothing else |
| rounds | number of attempts, each at a random moment; "too late": rounds in which nothing was left to break |
| failed | rounds after which a requirement did not hold |
| lost commits | transactions that the server acknowledged and the primary does not have |
| wrong reads | reads that returned data nobody wrote, part of a transaction, or no longer a row that the same server had returned before |
| write gap, read gap | the longest time without an acknowledged transaction, and without a successful read |
| recovery | time from the fault until all instances were ready and each held a new commit: the longest, and the median |
| commit | the commit under test; "+": with uncommitted changes; "-": measured before the commit was recorded |

After each round the load pauses, and the runner compares the journal, the primary and every replica: every instance has every acknowledged row and no row that nobody wrote; checksums and GTID sets are equal; receivers and appliers run. Last, also without the load: instances that are ready and hold equal GTID sets for 10 s have equal checksums of every table.

[test/faults](../test/faults/README.md) describes how to run the faults. The seed determines the random choices.
`;
}
