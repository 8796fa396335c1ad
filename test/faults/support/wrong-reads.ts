import { Journal, Read } from './journal';

export interface WrongRead {
  readonly time: number;
  readonly message: string;
}

/** Reads with impossible results: other data, half a transaction, a row that vanished, or a row that nobody wrote. */
export function wrongReads({ reads, heldReads, tried }: Journal): WrongRead[] {
  const seen = new Map<string, { count: number; max: number }>();
  const attempts = new Map(tried.map(({ c, n, time }) => [`${c}:${n}`, time]));
  const wrong: WrongRead[] = [];
  for (const read of [...reads, ...heldReads]) {
    const say = (message: string) => wrong.push({ time: read.time, message: `${read.host}: ${message}` });
    if (read.torn) say(`${read.torn} large transactions in part`);
    for (const { c, max, wrong: rows } of read.connections) {
      if (rows) say(`connection ${c}: ${rows} rows with other data than was written`);
      if (max && !((attempts.get(`${c}:${max}`) ?? Infinity) <= read.time))
        say(`connection ${c}: row ${max} was never written`);
    }
    for (const message of vanished(read, seen)) say(message);
  }
  return wrong;
}

/** The reads of one reader follow each other, so each must return at least the rows that the same server returned before. */
function vanished({ reader, server, connections }: Read, seen: Map<string, { count: number; max: number }>): string[] {
  const messages: string[] = [];
  const now = new Map(connections.map(({ c, count, max }) => [`${reader} ${server} ${c}`, { count, max }]));
  for (const [key, before] of seen) {
    if (!key.startsWith(`${reader} ${server} `)) continue;
    const { count, max } = now.get(key) ?? { count: 0, max: 0 };
    if (count < before.count || max < before.max)
      messages.push(
        `connection ${key.split(' ')[2]}: rows vanished: ${count} up to ${max}, before ${before.count} up to ${before.max}`,
      );
  }
  for (const [key, value] of now) seen.set(key, value);
  return messages;
}
