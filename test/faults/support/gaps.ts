import { Journal } from './journal';

/** A period, in seconds of the load's clock. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The longest time without any of these moments in a span. The ends of the span count as moments. */
export function longestGap(times: number[], { from, to }: Span): number {
  const inside = times.filter((time) => time > from && time < to).sort((a, b) => a - b);
  const moments = [from, ...inside, to];
  return Math.max(...moments.slice(1).map((time, i) => time - moments[i]));
}

/** The interruptions of the connection that has most of them. Failures in a row, without a success between them, are one. */
export function interruptions({ acked, failed }: Journal, { from, to }: Span): string[] {
  const events = [...acked.map((write) => ({ ...write, error: undefined })), ...failed]
    .filter(({ time }) => time >= from && time <= to)
    .sort((a, b) => a.time - b.time);
  const stops = new Map<number, { succeeded: boolean; errors: string[] }>();
  for (const { time, c, error } of events) {
    const { succeeded, errors } = stops.get(c) ?? { succeeded: true, errors: [] };
    const stop = succeeded && error !== undefined ? [`${error} after ${(time - from).toFixed(1)} s`] : [];
    stops.set(c, { succeeded: error === undefined, errors: [...errors, ...stop] });
  }
  return [...stops.values()].map(({ errors }) => errors).reduce((a, b) => (b.length > a.length ? b : a), []);
}
