import { agrees, CALM, Cluster, Replica, Rules, staysReady } from './cluster';
import { gtidsOf, History, isTrueBeginning, Transaction } from './histories';
import { contains } from './gtids';
import { keyOf, Properties, Property } from './search';
import { STATES } from './states';

const contents = (log: readonly Transaction[]) =>
  log
    .map(({ content }) => content)
    .sort((a, b) => a - b)
    .join();

/** The instances that are ready for longer than a look takes. Readiness ignores the verdict of a sidecar that has ended. */
function ready(cluster: Cluster, rules: Rules): History[] {
  const { server, opened, sidecar, volume } = cluster.primary;
  const open = server === 'open' && opened && sidecar ? [volume] : [];
  const replicas = cluster.replicas.filter(
    (replica, i) => replica.sidecar && STATES[replica.state].ready && staysReady(cluster, i, rules),
  );
  return [...open, ...replicas];
}

/** Whether the history of a replica, received transactions included, is a beginning of the primary's, by contents. */
export function follows({ primary, replicas }: Cluster, i: number): boolean {
  const { log, received, executed } = replicas[i];
  return isTrueBeginning([...log, ...received], executed | gtidsOf(received), primary.volume);
}

/** Whether a replica has what it received from openings that it has compared itself with. */
const knowsSource = ({ received, compared }: Replica) =>
  received.every(({ content, opening }) => !opening || content === compared?.source.id);

/** Whether a person has opened the primary, and its sidecar has not looked since. No replica connects to it meanwhile. */
const isOpenByHand = ({ primary }: Cluster) => primary.server === 'open' && !primary.opened;

/**
 * Whether a replica has received commits of an opening by hand, and not yet the row that the sidecar wrote after them. It
 * may be fenced wrongly: nobody can tell these commits from those of another history.
 */
const isBeforeLateRow = ({ primary }: Cluster, { log, received }: Replica) =>
  primary.volume.log.some(
    ({ opening }, i, all) =>
      opening &&
      log.length + received.length <= i &&
      !contains(opening.executed, gtidsOf(all.slice(0, i)) & primary.volume.executed),
  );

const finds = ({ primary, replicas }: Cluster, i: number, rules: Rules) => agrees(replicas[i], primary.volume, rules);
const never = (what: string) => (cluster: Cluster) => !cluster.broken?.includes(what);

export const PROPERTIES = {
  'ready instances with equal GTID sets hold equal data': (cluster, rules) =>
    ready(cluster, rules).every((one, i, all) =>
      all.slice(i + 1).every((other) => one.executed !== other.executed || contents(one.log) === contents(other.log)),
    ),
  'the primary never opens while a peer that it has heard objects, unless that peer said otherwise or a person said that it is gone':
    never('opened over an objection'),
  'a fence is lifted only by replaced data or a proven answer that passes the comparison': never('fence lifted'),
  'a replica never receives from a primary whose history it has not been compared with since the opening of that primary':
    never('received without comparison'),
  'a comparison that passes finds a beginning of the history of the primary': (cluster, rules) =>
    isOpenByHand(cluster) || [0, 1].every((i) => !finds(cluster, i, rules) || follows(cluster, i)),
  'a beginning of the history of the primary passes the comparison': (cluster, rules) =>
    cluster.replicas.every(
      (replica, i) =>
        !follows(cluster, i) || !knowsSource(replica) || isBeforeLateRow(cluster, replica) || finds(cluster, i, rules),
    ),
} satisfies Properties;

/** Remembers the answers of a property for states that differ only in what is still to happen. */
export function remembered(holds: Property): Property {
  const known = new Map<string, boolean>();
  return (cluster, rules) => {
    const key = keyOf({ ...cluster, left: CALM });
    const value = known.get(key) ?? holds(cluster, rules);
    known.set(key, value);
    return value;
  };
}
