/** A GTID set, one bit for each GTID: commits of the primary, then openings, then one errant transaction of each replica. */
export type Gtids = number;

const COMMITS = 6;
const OPENINGS = 6;

export const NONE: Gtids = 0;
export const commit = (number: number): Gtids => 1 << (number - 1);
export const opening = (number: number): Gtids => 1 << (COMMITS + number - 1);
export const errant = (replica: number): Gtids => 1 << (COMMITS + OPENINGS + replica);

/** The GTIDs of `a` that `b` lacks, as GTID_SUBTRACT. */
export const subtract = (a: Gtids, b: Gtids): Gtids => a & ~b;
export const contains = (a: Gtids, b: Gtids): boolean => subtract(b, a) === NONE;

/** The number of the next commit of a server that has executed a set. */
export function nextCommit(executed: Gtids): number {
  let number = 1;
  while (contains(executed, commit(number))) number += 1;
  return number;
}

/** The same set, if the replicas had each other's names. */
export function exchangeReplicas(set: Gtids): Gtids {
  const [one, other] = [errant(1), errant(2)];
  return (set & ~(one | other)) | (set & one ? other : NONE) | (set & other ? one : NONE);
}

/** A set as in `u:1,u:2,C:1`. */
export function show(set: Gtids): string {
  const numbers = (gtid: (number: number) => Gtids, last: number) =>
    Array.from({ length: last }, (_, i) => i + 1).filter((number) => contains(set, gtid(number)));
  const parts = [
    ...numbers(commit, COMMITS).map((number) => `u:${number}`),
    ...numbers(opening, OPENINGS).map((number) => `C:${number}`),
    ...numbers((number) => errant(number), 2).map((number) => `r${number}:1`),
  ];
  return parts.join(',') || 'nothing';
}
