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

const FILE = resolve(__dirname, '../../../test-results/faults.json');

/** The last result of each fault, whichever run it comes from. */
export function readResults(): FaultResult[] {
  return existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : [];
}

/** Replaces the results of these faults, and keeps those of others. */
export function keepResults(results: FaultResult[]): void {
  const names = new Set(results.map(({ name }) => name));
  const all = [...readResults().filter(({ name }) => !names.has(name)), ...results];
  all.sort((a, b) => a.number - b.number || a.name.localeCompare(b.name));
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, `${JSON.stringify(all, undefined, 2)}\n`);
}
