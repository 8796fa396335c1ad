import { setTimeout as pause } from 'timers/promises';

/** Multiplies every deadline, for slow machines. */
const SLOWNESS = Number(process.env.SLOWNESS ?? 1);

/**
 * Waits until `look` returns something other than undefined, and returns it.
 *
 * @param what the condition, for the message
 * @param look throws, or returns undefined, until the condition holds
 * @param seconds the deadline, multiplied by SLOWNESS; the message then says what was seen last
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
    await pause(1000); // each look starts a process or two, which slows a small machine down
  }
}
