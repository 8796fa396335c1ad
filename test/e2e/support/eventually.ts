import { setTimeout as pause } from 'timers/promises';

/** Stretches every deadline, for machines that many tests share. */
const SLOWNESS = Number(process.env.SLOWNESS ?? 1);

/**
 * Waits until `look` returns something other than undefined, and returns it.
 *
 * @param what is waited for, for the message
 * @param look throws, or returns undefined, as long as it is not there
 * @param seconds until it fails: enough for a slow machine (SLOWNESS times as many), with what was seen last
 */
export async function eventually<T>(what: string, look: () => Promise<T | undefined>, seconds = 300): Promise<T> {
  const end = Date.now() + seconds * SLOWNESS * 1000;
  let last = 'nothing';
  for (;;) {
    try {
      const seen = await look();
      if (seen !== undefined) return seen;
    } catch (error) {
      last = String(error);
    }
    if (Date.now() > end) throw new Error(`not there after ${seconds * SLOWNESS} s: ${what}; last seen: ${last}`);
    await pause(1000); // each look costs a process or two, which the cluster lacks on a small machine
  }
}
