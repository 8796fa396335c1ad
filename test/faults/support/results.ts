import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname, resolve } from 'path';
import { Fault } from '../fault';

/** What one round of a fault measured. Times are seconds. */
export interface RoundResult {
  /** From 1. */
  readonly round: number;
  /** Whether the fault came too late to break anything. */
  readonly missed: boolean;
  readonly recovery?: number;
  readonly writeGap?: number;
  readonly readGap?: number;
  readonly lostCommits: number;
  readonly wrongReads: number;
  /** Reads that failed once and succeeded on a new connection. */
  readonly retriedReads: number;
  /** Reads that failed on the new connection as well. */
  readonly failedReads: number;
  readonly failure?: string;
}

/** What the rounds of a fault measured, and on what. The fault itself says what it breaks. */
export interface FaultResult {
  /** The name of the fault. */
  readonly name: string;
  /** The start, in ISO 8601. */
  readonly date: string;
  readonly seed: number;
  /** The commit under test, with "+" for uncommitted changes. Results from before this was recorded have none. */
  readonly commit?: string;
  readonly versions: Versions;
  /** The version that the server reports. */
  readonly server?: string;
  /** Seconds from the first object to the end of the last round. Results from before this was recorded have none. */
  readonly seconds?: number;
  /** Why the fault did not run. */
  readonly notRun?: string;
  /** A failure outside the rounds. */
  readonly failure?: string;
  readonly rounds: RoundResult[];
}

/** The software under the cluster. */
export interface Versions {
  readonly kubernetes: string;
  readonly images: string[];
}

/** The number of rounds of a full run. */
export const fullRounds = ({ quick }: Pick<Fault, 'quick'>) => (quick ? 20 : 5);

/** Whether a fault failed. One that came too late in every round has shown nothing, so it failed. */
export function failed({ failure, rounds, notRun }: FaultResult): boolean {
  if (notRun !== undefined) return false;
  return failure !== undefined || rounds.some((round) => round.failure !== undefined) || allMissed(rounds);
}

export const allMissed = (rounds: readonly RoundResult[]) => rounds.every(({ missed }) => missed);

/** Why a fault failed, for the last lines of a log. */
export function reason({ failure, rounds }: FaultResult): string {
  return failure ?? rounds.find((round) => round.failure !== undefined)?.failure ?? 'it came too late in every round';
}

/** The last result of each fault, recorded or not. */
export const LAST_RESULTS = resolve(__dirname, '../../../test-results/faults.json');

/** The results that docs/faults.md shows. */
export const RECORD = resolve(__dirname, '../../../records/faults.json');

export function readResults(file: string): FaultResult[] {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}

/** Replaces the results of these faults in a file, and keeps the results of the others. */
export function mergeResults(file: string, results: FaultResult[]): void {
  const replaced = new Set(results.map(({ name }) => name));
  const all = [...readResults(file).filter(({ name }) => !replaced.has(name)), ...results];
  all.sort((a, b) => (a.name < b.name ? -1 : 1));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(all, undefined, 2)}\n`);
}
