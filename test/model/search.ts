import { CALM, Cluster, Disturbances, PrimaryVolume, Replica, Rules, steps } from './cluster';
import { exchangeReplicas, show } from './gtids';
import { Point, Transaction } from './histories';
import { STATES } from './states';

/** What must hold in every state, by its name. */
export type Properties = Readonly<Record<string, Property>>;
export type Property = (cluster: Cluster, rules: Rules) => boolean;

export interface Found {
  readonly property: string;
  /** The shortest way there, one step a line. */
  readonly trace: string;
}

export interface Exploration {
  readonly states: number;
  /** The first violation of each property. */
  readonly found: readonly Found[];
  /** Every change of state that a replica made, as `before after`. */
  readonly changes: ReadonlySet<string>;
}

/** Beyond this, a scenario takes too long for a unit test. */
const LIMIT = 60_000;

interface Node {
  readonly cluster: Cluster;
  readonly from?: Node;
  readonly step?: string;
}

/**
 * Visits every state that can follow, the nearest first, so that the way to a violation is a shortest one. It does not
 * go on from a violation.
 */
export function explore(
  first: Cluster,
  rules: Rules,
  properties: Properties,
  { stopAtFirst = false }: { stopAtFirst?: boolean } = {},
): Exploration {
  const seen = new Set([keyOf(first)]);
  const queue: Node[] = [{ cluster: first }];
  const found: Found[] = [];
  const changes = new Set<string>();
  const violated = ({ cluster }: Node) =>
    Object.keys(properties).filter((property) => !properties[property](cluster, rules));
  for (let i = 0; i < queue.length; i += 1) {
    const node = queue[i];
    const failing = violated(node);
    for (const property of failing)
      if (!found.some((other) => other.property === property)) found.push({ property, trace: trace(node) });
    if (failing.length && stopAtFirst) break;
    if (failing.length) continue;
    if (seen.size > LIMIT) throw new Error(`more than ${LIMIT} states: let less happen`);
    for (const { text, after } of steps(node.cluster, rules)) {
      noteChanges(changes, node.cluster, after);
      const key = keyOf(after);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ cluster: after, from: node, step: text });
    }
  }
  return { states: seen.size, found, changes };
}

function noteChanges(changes: Set<string>, before: Cluster, after: Cluster): void {
  before.replicas.forEach(({ state }, i) => {
    if (state !== after.replicas[i].state) changes.add(`${state} ${after.replicas[i].state}`);
  });
}

/** A step for each line, and the state after it. */
function trace(node: Node): string {
  const nodes: Node[] = [];
  for (let at: Node | undefined = node; at; at = at.from) nodes.unshift(at);
  return nodes.map(({ step, cluster }, i) => `${i}. ${step ?? 'at first'}: ${describe(cluster)}`).join('\n');
}

const transaction = ({ gtid, content }: Transaction) => `${show(gtid)}=${content}`;
const log = (transactions: readonly Transaction[]) => transactions.map(transaction).join(' ') || '-';

function describe({ primary, replicas }: Cluster): string {
  const known = primary.volume.executed;
  const first = `mysql-0 ${primary.server} [${log(primary.volume.log)}] knows ${show(known)}`;
  const others = replicas.map(
    ({ state, log: applied, received, receiver }, i) =>
      `mysql-${i + 1} ${state}, receiver ${receiver} [${log(applied)}${received.length ? ` | ${log(received)}` : ''}]`,
  );
  return [first, ...others].join('; ');
}

const RECEIVERS = ['off', 'connecting', 'on, may reconnect', 'on'];
const HEARD = ['nothing', 'agrees', 'objects', 'gone'];
const NAMES = Object.keys(STATES);

/**
 * Identifies a state. Contents are numbered in the order in which they appear, for only their equality counts, and the
 * replicas have no order, for they differ by nothing but their names.
 */
export function keyOf(cluster: Cluster): string {
  const [first, second] = cluster.replicas.map(looksLike);
  if (first !== second) return encode(cluster, first < second ? 0 : 1);
  const [one, other] = [encode(cluster, 0), encode(cluster, 1)];
  return one < other ? one : other;
}

/** What tells most replicas apart, whatever their names and the contents of their transactions. */
const looksLike = ({ log, received, receiver, state, sidecar, fenced }: Replica): string =>
  `${log.length} ${received.length} ${receiver} ${state} ${sidecar} ${fenced}`;

/** A state as text, with this replica first. */
function encode({ primary, replicas, copy, late, left, broken }: Cluster, first: number): string {
  const names = new Map<number, number>();
  const pair = <T>([a, b]: readonly [T, T]): [T, T] => (first ? [b, a] : [a, b]);
  let text = broken?.join() ?? '';
  const put = (value: number | boolean | undefined) => (text += String.fromCharCode(Number(value ?? -1) + 2));
  const gtids = (set: number) => put(first ? exchangeReplicas(set) : set);
  const content = (value: number | undefined) => {
    if (value !== undefined && !names.has(value)) names.set(value, names.size);
    put(value === undefined ? undefined : names.get(value));
  };
  const log = (transactions: readonly Transaction[]) => {
    put(transactions.length);
    for (const { gtid, content: value, opening } of transactions) {
      gtids(gtid);
      content(value);
      if (opening) gtids(opening.executed);
    }
  };
  const point = ({ epoch, held }: Point) => {
    put(epoch?.number);
    content(epoch?.id);
    gtids(held);
  };
  const volume = ({ log: all, executed, objections, objecting }: PrimaryVolume) => {
    log(all);
    gtids(executed);
    for (const flag of [...pair(objections), ...pair(objecting)]) put(flag);
  };
  volume(primary.volume);
  put(primary.server === 'open');
  put(primary.sidecar);
  for (const heard of pair(primary.heard)) put(HEARD.indexOf(heard));
  gtids(primary.executedAtStart);
  put(primary.opened);
  for (const replica of pair(replicas)) {
    log(replica.log);
    gtids(replica.executed);
    log(replica.received);
    for (const flag of [replica.fenced, replica.mustStayFenced, replica.connected, replica.sidecar]) put(flag);
    put(RECEIVERS.indexOf(replica.receiver));
    put(NAMES.indexOf(replica.state));
    content(replica.comparedOpening);
    put(replica.compared?.source.number);
    content(replica.compared?.source.id);
    if (replica.compared) point(replica.compared);
  }
  if (copy) volume(copy);
  put(late ? late.replica ^ first : undefined);
  if (late) {
    put(late.stale);
    put(late.asker === 'primary');
    if ('held' in late.answer) point(late.answer);
    else {
      put(late.answer.open);
      log(late.answer.history.log);
      gtids(late.answer.history.executed);
    }
  }
  for (const kind of KINDS) put(left[kind]);
  return text;
}

const KINDS = Object.keys(CALM) as (keyof Disturbances)[];
