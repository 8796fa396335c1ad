import { setTimeout as pause } from 'timers/promises';
import { TestCluster } from './cluster';
import { Killer, running } from './killer';
import { random, seed } from './random';

/** How often each kill is tried. */
export const ROUNDS = Number(process.env.ROUNDS ?? 10);

/** Says how to repeat the run. */
export const repeatable = `SEED=${seed} ROUNDS=${ROUNDS}`;

const next = random(seed);

/** A random moment, not a wait for something. */
export function randomMoment(seconds: number): Promise<void> {
  return pause(next() * seconds * 1000);
}

/** Kills a container at a random moment of its first seconds; says whether it hit. */
export async function killWithin(
  seconds: number,
  killer: Killer,
  cluster: TestCluster,
  ordinal: number,
  container: string,
) {
  await running(cluster, ordinal, container);
  await randomMoment(seconds);
  return killer.kill(cluster, ordinal, container);
}

/** Repeats a round, which says whether its kill hit; some must. */
export async function rounds(round: (n: number) => Promise<boolean>): Promise<void> {
  let hits = 0;
  for (let n = 1; n <= ROUNDS; n++) {
    if (await round(n)) hits++;
  }
  console.info(`${hits} of ${ROUNDS} kills hit a running container (${repeatable})`);
  expect(hits).toBeGreaterThan(0);
}
