import { setTimeout as pause } from 'timers/promises';

/** Multiplies every deadline, for machines that many tests share. */
const SLOWNESS = Number(process.env.SLOWNESS ?? 1);

/**
 * Waits until `look` returns something other than undefined, and returns it.
 *
 * @param what what to wait for, named in the error
 * @param look throws, or returns undefined, while there is nothing to return
 * @param seconds deadline, multiplied by SLOWNESS; after it, throws an error that quotes what `look` threw last
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
    await pause(1000); // each look starts a process or two, which slow down the cluster on a small machine
  }
}
