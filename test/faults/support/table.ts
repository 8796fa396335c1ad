import { failed, FaultResult, RoundResult } from './results';

const HEADER = [
  '#',
  'fault',
  'heals',
  'rounds',
  'failed',
  'lost commits',
  'wrong reads',
  'write gap',
  'read gap',
  'recovery',
];

/** A table in Markdown, which reads well on a terminal too. */
export function table(results: FaultResult[]): string {
  const rows = [HEADER, HEADER.map(() => ''), ...results.map(row)];
  const widths = HEADER.map((_, column) => Math.max(3, ...rows.map((cells) => cells[column].length)));
  return rows
    .map((cells, i) =>
      cells.map((cell, column) => (i === 1 ? '-'.repeat(widths[column]) : cell.padEnd(widths[column]))),
    )
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function row(result: FaultResult): string[] {
  const { number, title, heals, rounds, notRun } = result;
  const start = [String(number), title, heals ? 'by itself' : 'by the remedy'];
  if (notRun) return [...start, 'not run', '', '', '', '', '', ''];
  const sum = (value: (round: RoundResult) => number) => String(rounds.reduce((total, r) => total + value(r), 0));
  const values = (key: 'writeGap' | 'readGap' | 'recovery') =>
    rounds.map((round) => round[key]).filter((value) => value !== undefined);
  const missed = rounds.filter((round) => round.missed).length;
  const failures = rounds.filter((round) => round.failure !== undefined).length;
  return [
    ...start,
    missed ? `${rounds.length} (${missed} too late)` : String(rounds.length),
    failed(result) && !failures ? 'all' : String(failures),
    sum((round) => round.lostCommits),
    sum((round) => round.wrongReads),
    longest(values('writeGap')),
    longest(values('readGap')),
    recovery(values('recovery')),
  ];
}

function longest(values: number[]): string {
  return values.length ? seconds(Math.max(...values)) : '-';
}

function recovery(values: number[]): string {
  if (!values.length) return '-';
  const sorted = [...values].sort((a, b) => a - b);
  return `${longest(values)}, median ${seconds(sorted[Math.floor((sorted.length - 1) / 2)])}`;
}

export function seconds(value: number | undefined): string {
  return value === undefined ? '-' : `${value.toFixed(1)} s`;
}
