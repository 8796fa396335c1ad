import { Holding } from './holding';
import { Journal } from './journal';

export interface Findings {
  /** Acknowledged transactions that the primary does not have. */
  readonly lost: string[];
  readonly failures: string[];
}

/** Compares the journal, the primary and every replica, all of which stand still. */
export function check({ acked, tried }: Journal, [primary, ...replicas]: Holding[]): Findings {
  const acknowledged = unique(acked);
  const attempted = new Set(unique(tried));
  const lacking = ({ rows }: Holding) => acknowledged.filter((row) => !rows.has(row));
  const lost = lacking(primary);
  const failures: string[] = [];
  const say = (holds: boolean, message: string) => holds || failures.push(message);

  say(!lost.length, `${lost.length} acknowledged commits lost: ${first(lost)}`);
  for (const instance of [primary, ...replicas]) {
    const name = instance.instance;
    const unknown = [...instance.rows].filter((row) => !attempted.has(row));
    say(!unknown.length, `${name} has ${unknown.length} rows that nobody wrote: ${first(unknown)}`);
    say(!instance.mismatches, `${name} has ${instance.mismatches} rows with other data than was written`);
    say(!instance.torn, `${name} has ${instance.torn} large transactions in part`);
  }
  for (const replica of replicas) {
    const name = replica.instance;
    const missing = lacking(replica);
    say(!missing.length, `${name} lacks ${missing.length} acknowledged commits: ${first(missing)}`);
    say(!replica.errant, `${name} has transactions that the primary lacks: ${replica.errant}`);
    say(replica.gtids === primary.gtids, `${name} has executed ${replica.gtids}, the primary ${primary.gtids}`);
    say(
      replica.checksums === primary.checksums,
      `${name}: checksums ${replica.checksums}, on the primary ${primary.checksums}`,
    );
    say(
      replica.threads.join() === 'ON,ON',
      `${name}: receiver and applier are ${replica.threads.join(', ') || 'not set up'}`,
    );
  }
  return { lost, failures };
}

function unique(writes: { c: number; n: number }[]): string[] {
  return [...new Set(writes.map(({ c, n }) => `${c}:${n}`))];
}

function first(rows: string[]): string {
  return rows.slice(0, 5).join(' ') + (rows.length > 5 ? ' ...' : '');
}
