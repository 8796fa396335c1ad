import { Fault } from '../fault';
import { failed, FaultResult, RoundResult } from './results';

/** What a row says about the fault itself. */
export type FaultTitle = Pick<Fault, 'name' | 'number' | 'title' | 'heals'>;

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
  'commit',
];

/** The results in the order of the faults, as a Markdown table that also reads well on a terminal. */
export function table(faults: readonly FaultTitle[], results: readonly FaultResult[]): string {
  const body = faults.flatMap((fault) => results.filter(({ name }) => name === fault.name).map((r) => row(fault, r)));
  const rows = [HEADER, HEADER.map(() => ''), ...body];
  const widths = HEADER.map((_, column) => Math.max(3, ...rows.map((cells) => cells[column].length)));
  return rows
    .map((cells, i) =>
      cells.map((cell, column) => (i === 1 ? '-'.repeat(widths[column]) : cell.padEnd(widths[column]))),
    )
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function row({ number, title, heals }: FaultTitle, result: FaultResult): string[] {
  const { rounds, notRun } = result;
  const start = [String(number), title, heals ? 'by itself' : 'by the remedy'];
  if (notRun !== undefined) return [...start, 'not run', ...HEADER.slice(4).map(() => '')];
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
    result.commit ?? '-',
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
