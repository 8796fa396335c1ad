import { setTimeout as pause } from 'timers/promises';
import { random } from '../../e2e/support/random';

/** Random choices that a seed determines, different for each fault. */
export class Chance {
  private readonly next: () => number;

  constructor(seed: number, fault: string) {
    this.next = random([...fault].reduce((hash, letter) => Math.imul(hash, 31) + letter.charCodeAt(0), seed));
  }

  /** A number from `low` to, but not including, `high`. */
  public between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  public pick<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.next() * choices.length)];
  }

  /** The ordinal of a replica. */
  public replica(instances: number): number {
    return Math.floor(this.between(1, instances));
  }

  /** Waits for a random time below this many seconds. It varies the moment of a fault; it is not a wait for a condition. */
  public moment(seconds: number): Promise<void> {
    return pause(this.between(0, seconds) * 1000);
  }
}
