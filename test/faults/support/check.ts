import { InstanceContents } from './contents';
import { Journal } from './journal';

export interface Findings {
  /** Acknowledged transactions that the primary does not have. */
  readonly lost: string[];
  readonly failures: string[];
}

/** Compares the journal, the primary and every replica. Pause the load first. */
export function check({ acked, tried }: Journal, [primary, ...replicas]: InstanceContents[]): Findings {
  const acknowledged = unique(acked);
  const attempted = new Set(unique(tried));
  const lacking = ({ rows }: InstanceContents) => acknowledged.filter((row) => !rows.has(row));
  const lost = lacking(primary);
  const failures: string[] = [];
  const expect = (holds: boolean, message: string) => holds || failures.push(message);

  expect(!lost.length, `${lost.length} acknowledged commits lost: ${first(lost)}`);
  for (const instance of [primary, ...replicas]) {
    const name = instance.instance;
    const unknown = [...instance.rows].filter((row) => !attempted.has(row));
    expect(!unknown.length, `${name} has ${unknown.length} rows that nobody wrote: ${first(unknown)}`);
    expect(!instance.mismatches, `${name} has ${instance.mismatches} rows with other data than was written`);
    expect(!instance.torn, `${name} has ${instance.torn} large transactions in part`);
  }
  for (const replica of replicas) {
    const name = replica.instance;
    const missing = lacking(replica);
    expect(!missing.length, `${name} lacks ${missing.length} acknowledged commits: ${first(missing)}`);
    expect(!replica.errant, `${name} has transactions that the primary lacks: ${replica.errant}`);
    expect(replica.gtids === primary.gtids, `${name} has executed ${replica.gtids}, the primary ${primary.gtids}`);
    expect(
      replica.checksums === primary.checksums,
      `${name}: checksums ${replica.checksums}, on the primary ${primary.checksums}`,
    );
    expect(
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
