import { Journal } from './journal';

/** A stretch of time, in seconds of the load's clock. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The longest time in a span without any of these moments; its ends count as moments. */
export function longestGap(times: number[], { from, to }: Span): number {
  const inside = times.filter((time) => time > from && time < to).sort((a, b) => a - b);
  const moments = [from, ...inside, to];
  return Math.max(...moments.slice(1).map((time, i) => time - moments[i]));
}

/** How often the connection that was interrupted most stopped being served and was served again. */
export function interruptions({ acked, failed }: Journal, { from, to }: Span): number {
  const events = [
    ...acked.map(({ time, c }) => ({ time, c, ok: true })),
    ...failed.map(({ time, c }) => ({ time, c, ok: false })),
  ].filter(({ time }) => time >= from && time <= to);
  const counts = new Map<number, { ok: boolean; count: number }>();
  for (const { c, ok } of events.sort((a, b) => a.time - b.time)) {
    const before = counts.get(c) ?? { ok: true, count: 0 };
    counts.set(c, { ok, count: before.count + (before.ok && !ok ? 1 : 0) });
  }
  return Math.max(0, ...[...counts.values()].map(({ count }) => count));
}
