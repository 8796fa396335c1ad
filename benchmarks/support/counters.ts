/** What a machine has counted since it started. */
export interface Counters {
  /** Seconds. */
  readonly uptime: number;
  /** CPU time of all processors, without idle time, in seconds. */
  readonly busy: number;
  /** Processes and threads started. */
  readonly started: number;
}

/** What a machine, or several, did in a period. */
export interface Activity {
  /** CPU time, in ms per second. */
  readonly cpu: number;
  /** Processes and threads started per minute. */
  readonly started: number;
}

/** Ticks of /proc/stat per second, for every program on Linux. */
const USER_HZ = 100;

/** Parses /proc/uptime, followed by /proc/stat. */
export function parseCounters(text: string): Counters {
  const [uptime] = text.split(' ');
  const ticks = /^cpu +(.*)$/m.exec(text)?.[1].split(' ').map(Number) ?? [];
  // The time of guests stands in `user` as well.
  const [user, nice, system, , , irq, softirq] = ticks;
  const started = /^processes (\d+)$/m.exec(text)?.[1];
  const counters = {
    uptime: Number(uptime),
    busy: (user + nice + system + irq + softirq) / USER_HZ,
    started: Number(started),
  };
  if (Object.values(counters).some(Number.isNaN)) throw new Error(`not /proc/uptime and /proc/stat: ${text}`);
  return counters;
}

export function activity(from: Counters, to: Counters): Activity {
  const seconds = to.uptime - from.uptime;
  return { cpu: ((to.busy - from.busy) / seconds) * 1000, started: ((to.started - from.started) / seconds) * 60 };
}

export function sum(activities: readonly Activity[]): Activity {
  return activities.reduce((a, b) => ({ cpu: a.cpu + b.cpu, started: a.started + b.started }));
}

export function difference(a: Activity, b: Activity): Activity {
  return { cpu: a.cpu - b.cpu, started: a.started - b.started };
}
