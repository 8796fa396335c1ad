import { CALM, Cluster, declareGone, ownSteps, replaceData, Rules, sidecarAway } from './cluster';
import { follows } from './properties';

/** The steps that lead a cluster on when nothing breaks, in this order. */
const ORDER = [
  /^the sidecar of mysql-\d starts$/,
  /^mysql-0 closes what a person has opened$/,
  /^mysql-0 hears mysql-1$/,
  /^mysql-0 hears mysql-2$/,
  /^mysql-0 opens$/,
  /^mysql-1 hears mysql-0$/,
  /^mysql-2 hears mysql-0$/,
  /^the receiver of mysql-\d connects$/,
  /^mysql-\d receives$/,
  /^mysql-\d applies$/,
];

/** Lets everything run by itself for a while, without the sidecars of some replicas. */
function run(cluster: Cluster, rules: Rules, away: readonly number[] = []): Cluster {
  const isAway = (text: string) => away.some((i) => text === `the sidecar of mysql-${i + 1} starts`);
  let now: Cluster = { ...cluster, late: undefined, left: { ...CALM, openings: 1 } };
  for (let turn = 0; turn < 3 && !works(now); turn += 1)
    for (const order of ORDER) {
      const next = () => [...ownSteps(now, rules)].find(({ text }) => order.test(text) && !isAway(text));
      for (let step = next(); step; step = order.source.includes('hears') ? undefined : next()) now = step.after;
    }
  return now;
}

const works = ({ primary, replicas }: Cluster): boolean =>
  primary.server === 'open' &&
  replicas.every(
    ({ state, receiver, executed }) =>
      state === 'replicating' && receiver === 'on' && executed === primary.volume.executed,
  );

/**
 * Whether something good still happens when nothing breaks any more: everything works by itself unless an instance
 * objects; otherwise it does once a person has followed the remedies.
 */
export function settles(cluster: Cluster, rules: Rules): boolean {
  const now = run(cluster, rules);
  if (works(now)) return true;
  const objections = [0, 1].filter((i) => !follows(now, i));
  if (!objections.length) return false;
  const gone = objections.reduce((at, i) => declareGone(sidecarAway(at, i, rules), i), now);
  const opened = run(gone, rules, objections);
  return works(
    run(
      objections.reduce((at, i) => replaceData(at, i, opened.primary.volume, rules), opened),
      rules,
    ),
  );
}
