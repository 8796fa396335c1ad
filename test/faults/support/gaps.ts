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

/** What stopped the connection that was stopped most often, each time after it had been served. */
export function interruptions({ acked, failed }: Journal, { from, to }: Span): string[] {
  const events = [...acked.map((write) => ({ ...write, error: undefined })), ...failed]
    .filter(({ time }) => time >= from && time <= to)
    .sort((a, b) => a.time - b.time);
  const stops = new Map<number, { served: boolean; errors: string[] }>();
  for (const { time, c, error } of events) {
    const { served, errors } = stops.get(c) ?? { served: true, errors: [] };
    const stop = served && error !== undefined ? [`${error} after ${(time - from).toFixed(1)} s`] : [];
    stops.set(c, { served: error === undefined, errors: [...errors, ...stop] });
  }
  return [...stops.values()].map(({ errors }) => errors).reduce((a, b) => (b.length > a.length ? b : a), []);
}
