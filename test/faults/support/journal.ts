/** What the load wrote down on its own side; times are seconds of its clock. */
export interface Journal {
  readonly tried: Write[];
  readonly acked: Write[];
  readonly failed: (Write & { readonly error: string })[];
  readonly reads: Read[];
  /** Reads whose first try failed. */
  readonly retried: Refusal[];
  /** Reads whose second try, on a new connection, failed too. */
  readonly unread: Refusal[];
}

/** A transaction: number `n` of connection `c`. */
export interface Write {
  readonly time: number;
  readonly c: number;
  readonly n: number;
}

/** What one reader saw of an instance. */
export interface Read {
  readonly reader: string;
  readonly time: number;
  readonly host: string;
  /** The server's uuid: a new clone is another server. */
  readonly server: string;
  /** Large transactions that were seen in part. */
  readonly torn: number;
  readonly connections: { readonly c: number; readonly count: number; readonly max: number; readonly wrong: number }[];
}

export interface Refusal {
  readonly time: number;
  readonly error: string;
}

/** Parses lines "FILE TIME WORD ...". */
export function parseJournal(text: string): Journal {
  const journal = { tried: [], acked: [], failed: [], reads: [], retried: [], unread: [] } as {
    -readonly [K in keyof Journal]: Journal[K];
  };
  for (const line of text.split('\n')) {
    const [file, at, word, ...rest] = line.split(' ');
    const time = Number(at);
    const write = () => ({ time, c: Number(rest[0]), n: Number(rest[1]) });
    const refusal = () => ({ time, error: rest.slice(1).join(' ') });
    if (word === 'tried') journal.tried.push(write());
    else if (word === 'acked') journal.acked.push(write());
    else if (word === 'failed') journal.failed.push({ ...write(), error: rest.slice(2).join(' ') });
    else if (word === 'read') journal.reads.push(parseRead(file, time, rest.slice(1)));
    else if (word === 'retry') journal.retried.push(refusal());
    else if (word === 'unread') journal.unread.push(refusal());
  }
  return journal;
}

function parseRead(reader: string, time: number, [host, server, torn, ...connections]: string[]): Read {
  return {
    reader,
    time,
    host,
    server,
    torn: Number(torn),
    connections: connections.map((text) => {
      const [c, count, max, wrong] = text.split(':').map(Number);
      return { c, count, max, wrong };
    }),
  };
}
