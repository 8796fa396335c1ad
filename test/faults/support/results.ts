import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname, resolve } from 'path';
import { Fault } from '../fault';

/** Times are seconds. */
export interface RoundResult {
  readonly round: number;
  /** The fault came too late to break anything. */
  readonly missed: boolean;
  readonly recovery?: number;
  readonly writeGap?: number;
  readonly readGap?: number;
  readonly lostCommits: number;
  readonly wrongReads: number;
  /** Reads that failed once, and twice. */
  readonly retriedReads: number;
  readonly failedReads: number;
  readonly failure?: string;
}

export interface FaultResult {
  readonly name: string;
  readonly number: number;
  readonly title: string;
  readonly heals: boolean;
  readonly date: string;
  readonly seed: number;
  readonly versions: Versions;
  /** What the server says of its version. */
  readonly server?: string;
  /** Why it was not run. */
  readonly notRun?: string;
  /** A failure outside of the rounds. */
  readonly failure?: string;
  readonly rounds: RoundResult[];
}

/** What it ran on. */
export interface Versions {
  readonly kubernetes: string;
  readonly images: string[];
}

/** How many rounds make a full run. */
export const fullRun = ({ quick }: Pick<Fault, 'quick'>) => (quick ? 20 : 5);

/** A fault that came too late in every round has shown nothing. */
export function failed({ failure, rounds, notRun }: FaultResult): boolean {
  if (notRun !== undefined) return false;
  return failure !== undefined || rounds.some((round) => round.failure !== undefined) || allMissed(rounds);
}

export const allMissed = (rounds: readonly RoundResult[]) => rounds.every(({ missed }) => missed);

/** What failed, for the last lines of a log. */
export function reason({ failure, rounds }: FaultResult): string {
  return failure ?? rounds.find((round) => round.failure !== undefined)?.failure ?? 'it came too late in every round';
}

/** The last result of each fault, whichever run it comes from. */
export const LAST_RESULTS = resolve(__dirname, '../../../test-results/faults.json');

/** Replaces the results of these faults in a file, and keeps those of others; returns all. */
export function keepResults(file: string, results: FaultResult[]): FaultResult[] {
  const names = new Set(results.map(({ name }) => name));
  const before: FaultResult[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  const all = [...before.filter(({ name }) => !names.has(name)), ...results];
  all.sort((a, b) => a.number - b.number || a.name.localeCompare(b.name));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(all, undefined, 2)}\n`);
  return all;
}
