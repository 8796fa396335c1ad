import { contains, Gtids, NONE, opening, subtract } from './gtids';

/** A transaction as it lies on a volume. */
export interface Transaction {
  readonly gtid: Gtids;
  /** What it says. Two transactions with the same GTID and different contents are what nobody must take for one. */
  readonly content: number;
  /** The row of an opening. Its content is the epoch. */
  readonly opening?: { readonly number: number; readonly executed: Gtids };
}

/** The data of an instance: its transactions in order, and those that its server knows by their GTIDs. */
export interface History {
  readonly log: readonly Transaction[];
  /** Less than the log after a RESET BINARY LOGS AND GTIDS. */
  readonly executed: Gtids;
}

export interface Epoch {
  readonly number: number;
  readonly id: number;
}

/** What a replica is compared by: the epoch that it is in, and the GTIDs that it holds. */
export interface Point {
  readonly epoch?: Epoch;
  readonly held: Gtids;
}

export const gtidsOf = (log: readonly Transaction[]): Gtids => log.reduce((set, { gtid }) => set | gtid, NONE);

/** The last row of the table of openings. */
export function lastEpoch(log: readonly Transaction[]): Epoch | undefined {
  const rows = log.filter(({ opening }) => opening);
  const last = rows[rows.length - 1];
  return last && { number: last.opening!.number, id: last.content };
}

export const execute = (history: History, transaction: Transaction): History => ({
  log: [...history.log, transaction],
  executed: history.executed | transaction.gtid,
});

/** The parts of the comparison, each of which a test takes away. */
export interface ComparisonRules {
  readonly epochs: boolean;
  readonly executedOfNextOpening: boolean;
  readonly executedNow: boolean;
}

/** Whether a point is on the way of a primary's history: "its history is a beginning of the primary's". */
export function isBeginning({ epoch, held }: Point, primary: History, rules: ComparisonRules): boolean {
  const row = epoch && primary.log.find(({ opening }) => opening?.number === epoch.number);
  if (rules.epochs && epoch && row?.content !== epoch.id) return false;
  if (rules.executedNow && !contains(primary.executed, held)) return false;
  const next = primary.log.find(({ opening }) => opening && opening.number > (epoch?.number ?? 0));
  if (!next) return true;
  if (rules.executedNow && !contains(primary.executed, next.gtid)) return false; // it can never be received any more
  return !rules.executedOfNextOpening || contains(next.opening!.executed, held);
}

/**
 * What isBeginning is to find out, and what no instance can see: whether a replica holds the first transactions of the
 * primary, with the same contents, and can receive all others.
 */
export function isTrueBeginning(log: readonly Transaction[], held: Gtids, primary: History): boolean {
  const others = primary.log.slice(log.length);
  return (
    log.every(({ content }, i) => primary.log[i]?.content === content) &&
    contains(primary.executed, held | gtidsOf(others)) &&
    others.every(({ gtid }) => subtract(gtid, held))
  );
}

export const openingNumber = (log: readonly Transaction[]): number => (lastEpoch(log)?.number ?? 0) + 1;

export const openingOf = (number: number, id: number, executed: Gtids): Transaction => ({
  gtid: opening(number),
  content: id,
  opening: { number, executed },
});
