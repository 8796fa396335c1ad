/** The events that the load wrote down outside the database. Times are seconds of the load's clock. */
export interface Journal {
  readonly tried: Write[];
  readonly acked: Write[];
  readonly failed: (Write & { readonly error: string })[];
  readonly reads: Read[];
  /** Reads over connections that are held for as long as they last. */
  readonly heldReads: Read[];
  /** First attempts of reads that failed. */
  readonly retriedReads: FailedRead[];
  /** Second attempts, on a new connection, that failed as well. */
  readonly failedReads: FailedRead[];
}

/** An event of transaction number `n` of connection `c`. */
export interface Write {
  readonly time: number;
  readonly c: number;
  readonly n: number;
}

/** The state of an instance as one read returned it. */
export interface Read {
  readonly reader: string;
  readonly time: number;
  readonly host: string;
  /** The server's UUID. Every new clone has a new one. */
  readonly server: string;
  /** Large transactions of which the read returned only a part. */
  readonly torn: number;
  readonly connections: { readonly c: number; readonly count: number; readonly max: number; readonly wrong: number }[];
}

export interface FailedRead {
  readonly time: number;
  readonly error: string;
}

/** Parses lines "FILE TIME WORD ...". */
export function parseJournal(text: string): Journal {
  const journal = { tried: [], acked: [], failed: [], reads: [], heldReads: [], retriedReads: [], failedReads: [] } as {
    -readonly [K in keyof Journal]: Journal[K];
  };
  for (const line of text.split('\n')) {
    const [file, at, word, ...rest] = line.split(' ');
    const time = Number(at);
    const write = () => ({ time, c: Number(rest[0]), n: Number(rest[1]) });
    const failedRead = () => ({ time, error: rest.slice(1).join(' ') });
    if (word === 'tried') journal.tried.push(write());
    else if (word === 'acked') journal.acked.push(write());
    else if (word === 'failed') journal.failed.push({ ...write(), error: rest.slice(2).join(' ') });
    else if (word === 'read') journal.reads.push(parseRead(file, time, rest.slice(1)));
    else if (word === 'held') journal.heldReads.push(parseRead(file, time, rest.slice(1)));
    else if (word === 'read-retried') journal.retriedReads.push(failedRead());
    else if (word === 'read-failed') journal.failedReads.push(failedRead());
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
