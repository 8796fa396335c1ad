import { commit, contains, errant, Gtids, nextCommit, NONE, opening } from './gtids';
import {
  ComparisonRules,
  Epoch,
  execute,
  gtidsOf,
  History,
  isBeginning,
  lastEpoch,
  openingNumber,
  openingOf,
  Point,
  Transaction,
} from './histories';
import { State, STATES } from './states';

/**
 * A model of one primary and two replicas: what their sidecars decide, and everything that can come between two
 * decisions. A step is atomic; any step may follow any other. Contents of transactions are numbers that no two
 * transactions share, whatever their GTIDs.
 */
export interface Cluster {
  readonly primary: Primary;
  readonly replicas: readonly [Replica, Replica];
  /** A copy of the primary's volume. */
  readonly copy?: PrimaryVolume;
  /** An answer that was given and has not arrived yet. At most one is late at a time. */
  readonly late?: Late;
  /** How many disturbances are still to come, of each kind. */
  readonly left: Disturbances;
  /** The content of the next transaction. */
  readonly next: number;
  /** What has happened that must never happen. */
  readonly broken?: readonly string[];
}

export interface PrimaryVolume extends History {
  /** The replicas whose objections are recorded. */
  readonly objections: readonly [boolean, boolean];
  /** The replicas whose last word, as far as this volume has heard it, was an objection. Nobody can see it. */
  readonly objecting: readonly [boolean, boolean];
}

export type Heard = 'nothing' | 'agrees' | 'objects' | 'gone';

export interface Primary {
  readonly volume: PrimaryVolume;
  readonly server: 'closed' | 'open';
  readonly sidecar: boolean;
  /** What this sidecar has last heard of each replica. */
  readonly heard: readonly [Heard, Heard];
  /** What the server had executed when it started. */
  readonly executedAtStart: Gtids;
  /** Whether the row of this opening is written. */
  readonly opened: boolean;
}

export interface Replica extends History {
  /** Received and not applied. A start of the server discards it. */
  readonly received: readonly Transaction[];
  /** The mark .fenced. */
  readonly fenced: boolean;
  /** Whether a fence has been neither answered nor replaced. Nobody can see it. */
  readonly mustStayFenced: boolean;
  /** The mark .connected. */
  readonly connected: boolean;
  /** What was compared before the last start of the receiver, and the primary's epoch then. */
  readonly compared?: Point & { readonly source: Epoch };
  /**
   * off; connecting, with the file of the primary's CA; on with that file still there; on without it, so that it cannot
   * reconnect.
   */
  readonly receiver: 'off' | 'connecting' | 'on, may reconnect' | 'on';
  /** The opening that the replica has last compared itself with. Nobody can see it. */
  readonly comparedOpening?: number;
  readonly sidecar: boolean;
  readonly state: State;
}

/** What a primary says of itself. */
interface PrimaryAnswer {
  readonly open: boolean;
  readonly history: History;
}

/** An answer that was given to a sidecar. */
interface Late {
  /** The primary is asked by a replica, or the other way round. */
  readonly asker: 'primary' | 'replica';
  readonly replica: number;
  readonly answer: PrimaryAnswer | Point;
  /** Whether the asker has had its answer already: this one was repeated, or belongs to an earlier question. */
  readonly stale: boolean;
}

export interface Disturbances {
  readonly commits: number;
  readonly openings: number;
  readonly late: number;
  /** Of servers, of pods, of everything. */
  readonly restarts: number;
  /** Of replicas' sidecars. */
  readonly ends: number;
  /** Of the primary's sidecar. */
  readonly primaryEnds: number;
  readonly copies: number;
  readonly resets: number;
  readonly errants: number;
  readonly clones: number;
  /** Words of a person that a replica is gone. */
  readonly gone: number;
  readonly openedByHand: number;
}

/** The rules of the scripts. Each test of the model takes one away, and a property must fail. */
export interface Rules extends ComparisonRules {
  /** An objection is on the volume, not only in the memory of the sidecar. */
  readonly objectionsRecorded: boolean;
  /** A silent peer that has objected still objects. */
  readonly objectionsOutliveSilence: boolean;
  /** A person's word that a peer is gone holds only until the peer answers again. */
  readonly goneUntilHeard: boolean;
  /** A fence is a mark in the data directory. */
  readonly fencesRecorded: boolean;
  /** A fence holds while the primary is silent. */
  readonly fencesOutliveSilence: boolean;
  /** The receiver cannot reconnect by itself once the sidecar has seen it connected and has taken the CA away. */
  readonly receiverNeedsSidecar: boolean;
  /** A receiver that has lost its connection, or finds no server, gives up, with the CA or without it. */
  readonly receiverConnectsOnce: boolean;
  /** What was compared before the receiver started is compared again later. */
  readonly comparedPointKept: boolean;
  /** What was received counts as part of the epoch of the primary that sent it, before it is applied. */
  readonly epochOfReceived: boolean;
  /** An answer belongs to one question: whoever asks again gets another one. */
  readonly answersBelongToQuestions: boolean;
  /** An opening counts from what the server had executed when it started, whatever a person let it commit since. */
  readonly openingFromStart: boolean;
}

export const DESIGN: Rules = {
  epochs: true,
  executedOfNextOpening: true,
  executedNow: true,
  objectionsRecorded: true,
  objectionsOutliveSilence: true,
  goneUntilHeard: true,
  fencesRecorded: true,
  fencesOutliveSilence: true,
  receiverNeedsSidecar: true,
  receiverConnectsOnce: true,
  comparedPointKept: true,
  epochOfReceived: true,
  answersBelongToQuestions: true,
  openingFromStart: true,
};

/** A step of the model: who does what, and what is then. */
export interface Step {
  readonly text: string;
  /** The scripts and the servers do it by themselves; something breaks or somebody writes; or a person follows a remedy. */
  readonly by: 'itself' | 'disturbance' | 'person';
  readonly after: Cluster;
}

// ---- what an instance knows and says

const heldBy = ({ executed, received }: Replica): Gtids => executed | gtidsOf(received);

/** The epoch and GTIDs of a replica, as it answers them. */
export function pointOf(replica: Replica, rules: Rules): Point {
  const held = heldBy(replica);
  const applied = lastEpoch(replica.log);
  const source = replica.compared?.source;
  const isNewer = source && source.number > (applied?.number ?? 0) && contains(held, opening(source.number));
  return { epoch: rules.epochOfReceived && isNewer ? source : applied, held };
}

/** Whether a replica finds that its history is a beginning of a primary's. */
export function agrees(replica: Replica, primary: History, rules: Rules): boolean {
  const now = pointOf(replica, rules);
  const { compared } = replica;
  const before = compared && { epoch: compared.epoch, held: compared.held & now.held };
  return (
    isBeginning(now, primary, rules) && (!rules.comparedPointKept || !before || isBeginning(before, primary, rules))
  );
}

const answerOf = ({ volume, server, opened }: Primary): PrimaryAnswer => ({
  open: server === 'open' && opened,
  history: { log: volume.log, executed: volume.executed },
});

// ---- how a cluster changes

const name = (i: number) => `mysql-${i + 1}`;
const both = <T>(pair: readonly [T, T], i: number, value: T): [T, T] => (i ? [pair[0], value] : [value, pair[1]]);

const withPrimary = (cluster: Cluster, change: Partial<Primary>): Cluster => ({
  ...cluster,
  primary: { ...cluster.primary, ...change },
});
const withVolume = (cluster: Cluster, change: Partial<PrimaryVolume>): Cluster =>
  withPrimary(cluster, { volume: { ...cluster.primary.volume, ...change } });
const withReplica = (cluster: Cluster, i: number, change: Partial<Replica>): Cluster => ({
  ...cluster,
  replicas: both(cluster.replicas, i, { ...cluster.replicas[i], ...change }),
});
const spend = (cluster: Cluster, kind: keyof Disturbances): Cluster => ({
  ...cluster,
  left: { ...cluster.left, [kind]: cluster.left[kind] - 1 },
});
const may = ({ left }: Cluster, kind: keyof Disturbances): boolean => left[kind] > 0;
const violate = (cluster: Cluster, property: string): Cluster => ({
  ...cluster,
  broken: [...(cluster.broken ?? []), property],
});

/** Whoever asks again, or has started anew, no longer gets the answer to an earlier question. */
function forgetAnswer(cluster: Cluster, asker: Late['asker'], replica: number | undefined, rules: Rules): Cluster {
  const { late } = cluster;
  if (late?.asker !== asker || (replica !== undefined && late.replica !== replica)) return cluster;
  return { ...cluster, late: rules.answersBelongToQuestions ? undefined : { ...late, stale: true } };
}

// ---- the primary

function primaryHears(cluster: Cluster, i: number, point: Point, rules: Rules, stale = false): Cluster {
  const { volume, heard } = cluster.primary;
  const objects = !isBeginning(point, volume, rules);
  const said = stale ? cluster : withVolume(cluster, { objecting: both(volume.objecting, i, objects) });
  if (heard[i] === 'gone' && !rules.goneUntilHeard) return said;
  const noted = rules.objectionsRecorded ? withVolume(said, { objections: both(volume.objections, i, objects) }) : said;
  return withPrimary(noted, { heard: both(heard, i, objects ? 'objects' : 'agrees') });
}

/** Whether a replica keeps the primary closed. One that was never heard and does not listen is waited for only 60 s. */
function blocks({ primary, replicas }: Cluster, i: number, rules: Rules): boolean {
  const { volume, heard } = primary;
  const objects = rules.objectionsRecorded ? volume.objections[i] : heard[i] === 'objects';
  if (objects) return rules.objectionsOutliveSilence || replicas[i].sidecar;
  return heard[i] === 'nothing' && replicas[i].sidecar;
}

function opens(cluster: Cluster, executed: Gtids): Cluster {
  const { volume } = cluster.primary;
  const row = openingOf(openingNumber(volume.log), cluster.next, executed);
  const written = withVolume({ ...spend(cluster, 'openings'), next: cluster.next + 1 }, execute(volume, row));
  return withPrimary(written, { server: 'open', opened: true });
}

function* primarySteps(cluster: Cluster, rules: Rules): Generator<Step> {
  const { primary, replicas } = cluster;
  const { volume, server, sidecar, opened } = primary;
  if (!sidecar) {
    yield { text: 'the sidecar of mysql-0 starts', by: 'itself', after: withPrimary(cluster, { sidecar: true }) };
    return;
  }
  if (server === 'open') {
    if (!opened)
      yield {
        text: 'mysql-0 closes what a person has opened',
        by: 'itself',
        after: withPrimary(cluster, { server: 'closed' }),
      };
    return;
  }
  for (const [i, replica] of replicas.entries()) {
    if (!replica.sidecar) continue;
    const point = pointOf(replica, rules);
    const heard = primaryHears(forgetAnswer(cluster, 'primary', i, rules), i, point, rules);
    yield { text: `mysql-0 hears ${name(i)}`, by: 'itself', after: heard };
    if (may(cluster, 'late') && !cluster.late)
      yield {
        text: `mysql-0 asks ${name(i)}, and the answer is late`,
        by: 'disturbance',
        after: { ...spend(cluster, 'late'), late: { asker: 'primary', replica: i, answer: point, stale: false } },
      };
  }
  if (may(cluster, 'openings') && ![0, 1].some((i) => blocks(cluster, i, rules))) {
    const opened = opens(cluster, rules.openingFromStart ? primary.executedAtStart : volume.executed);
    const over = volume.objecting.some(Boolean);
    yield { text: 'mysql-0 opens', by: 'itself', after: over ? violate(opened, 'opened over an objection') : opened };
  }
}

// ---- a replica

/** One look of a replica's sidecar, with the primary's answer or without one. */
function looks(cluster: Cluster, i: number, answer: PrimaryAnswer | undefined, rules: Rules, stale = false): Cluster {
  const replica = cluster.replicas[i];
  const receiver = replica.receiver === 'on, may reconnect' ? 'on' : replica.receiver; // it takes the CA away
  const away: Partial<Replica> =
    receiver === 'on'
      ? { receiver, state: 'replicating', connected: true }
      : { receiver: 'off', state: replica.connected ? 'detached' : 'connecting' };
  const judged = (change: Partial<Replica>) => {
    const after = withReplica(cluster, i, change);
    const { mustStayFenced, state } = after.replicas[i];
    return mustStayFenced && state !== 'fenced' ? violate(after, 'fence lifted') : after;
  };
  if (!answer) {
    if (replica.fenced && rules.fencesOutliveSilence) return judged({ receiver: 'off', state: 'fenced' });
    return judged({ ...away, fenced: false });
  }
  const { history } = answer;
  if (!agrees(replica, history, rules))
    return judged({ receiver: 'off', state: 'fenced', fenced: true, mustStayFenced: true });
  const passed = { fenced: false, mustStayFenced: replica.mustStayFenced && stale };
  const source = lastEpoch(history.log);
  if (!answer.open || !source) return judged({ ...away, ...passed });
  if (receiver === 'on') return judged({ ...away, ...passed, comparedOpening: source.id });
  return judged({
    ...away,
    ...passed,
    compared: { ...pointOf(replica, rules), source },
    comparedOpening: source.id,
    receiver: 'connecting',
  });
}

/** What the primary sends next: the first transaction that the replica does not hold. */
function sends(primary: History, replica: Replica): Transaction | undefined {
  const held = heldBy(replica);
  return primary.log.find(
    ({ gtid }, i) =>
      (primary.executed & gtid) !== 0 &&
      (held & gtid) === 0 &&
      !primary.log.slice(i + 1).some((later) => later.gtid === gtid),
  );
}

function receives(cluster: Cluster, i: number, transaction: Transaction): Cluster {
  const replica = cluster.replicas[i];
  const after = withReplica(cluster, i, { received: [...replica.received, transaction] });
  const compared = replica.comparedOpening === lastEpoch(cluster.primary.volume.log)?.id;
  return compared ? after : violate(after, 'received without comparison');
}

/** Whether the next look of a replica that hears the primary leaves it ready. */
export const staysReady = (cluster: Cluster, i: number, rules: Rules): boolean =>
  STATES[looks(cluster, i, answerOf(cluster.primary), rules).replicas[i].state].ready;

function* replicaSteps(cluster: Cluster, i: number, rules: Rules): Generator<Step> {
  const { primary } = cluster;
  const replica = cluster.replicas[i];
  const me = name(i);
  const step = (text: string, after: Cluster, by: Step['by'] = 'itself'): Step => ({ text, by, after });
  if (!replica.sidecar) {
    const receiver = replica.receiver === 'on, may reconnect' ? 'on' : replica.receiver === 'on' ? 'on' : 'off';
    const fenced = replica.fenced && rules.fencesRecorded;
    yield step(`the sidecar of ${me} starts`, withReplica(cluster, i, { sidecar: true, receiver, fenced }));
  } else {
    const answer = primary.sidecar ? answerOf(primary) : undefined;
    const asked = forgetAnswer(cluster, 'replica', i, rules);
    yield step(`${me} ${answer ? 'hears mysql-0' : 'gets no answer of mysql-0'}`, looks(asked, i, answer, rules));
    if (may(cluster, 'late')) {
      if (answer)
        yield step(
          `${me} misses the answer of mysql-0`,
          spend(looks(asked, i, undefined, rules), 'late'),
          'disturbance',
        );
      if (answer && !cluster.late)
        yield step(
          `${me} asks mysql-0, and the answer is late`,
          { ...spend(cluster, 'late'), late: { asker: 'replica', replica: i, answer, stale: false } },
          'disturbance',
        );
    }
  }
  if (replica.receiver === 'connecting')
    yield step(`the receiver of ${me} connects`, withReplica(cluster, i, { receiver: 'on, may reconnect' }));
  if (replica.receiver.startsWith('on')) {
    const transaction = sends(primary.volume, replica);
    if (transaction) yield step(`${me} receives`, receives(cluster, i, transaction));
  }
  const [first, ...others] = replica.received;
  if (first) yield step(`${me} applies`, withReplica(cluster, i, { ...execute(replica, first), received: others }));
}

function arrives(cluster: Cluster, late: Late, rules: Rules): Step {
  const { asker, replica, answer, stale } = late;
  const had = forgetAnswer(cluster, asker, replica, rules);
  const after =
    asker === 'primary'
      ? cluster.primary.server === 'open'
        ? had
        : primaryHears(had, replica, answer as Point, rules, stale)
      : looks(had, replica, answer as PrimaryAnswer, rules, stale);
  const from = asker === 'primary' ? name(replica) : 'mysql-0';
  return { text: `the late answer of ${from} arrives${stale ? ' again' : ''}`, by: 'itself', after };
}

// ---- what breaks, and who writes

const connectionsBreak = (cluster: Cluster, rules: Rules): Cluster => {
  const broken = (replica: Replica): Replica => {
    if (replica.receiver === 'off') return replica;
    const givesUp = rules.receiverConnectsOnce || (replica.receiver === 'on' && rules.receiverNeedsSidecar);
    return { ...replica, receiver: givesUp ? 'off' : 'connecting' };
  };
  return { ...cluster, replicas: [broken(cluster.replicas[0]), broken(cluster.replicas[1])] };
};

const primarySidecarEnds = (cluster: Cluster, rules: Rules): Cluster =>
  withPrimary(forgetAnswer(cluster, 'primary', undefined, rules), { sidecar: false, heard: ['nothing', 'nothing'] });
const primaryServerRestarts = (cluster: Cluster, rules: Rules): Cluster =>
  withPrimary(connectionsBreak(cluster, rules), {
    server: 'closed',
    opened: false,
    executedAtStart: cluster.primary.volume.executed,
  });
export const sidecarAway = (cluster: Cluster, i: number, rules: Rules): Cluster =>
  withReplica(forgetAnswer(cluster, 'replica', i, rules), i, { sidecar: false });
const replicaServerRestarts = (cluster: Cluster, i: number): Cluster =>
  withReplica(cluster, i, { received: [], receiver: 'off', state: 'down' });

function* disturbances(cluster: Cluster, rules: Rules): Generator<Step> {
  const { primary, replicas, copy } = cluster;
  const { volume } = primary;
  const step = (text: string, after: Cluster, kind: keyof Disturbances): Step[] =>
    may(cluster, kind) ? [{ text, by: 'disturbance', after: spend(after, kind) }] : [];
  const primaryPodRestarts = (from: Cluster) => primarySidecarEnds(primaryServerRestarts(from, rules), rules);
  const replicaPodRestarts = (from: Cluster, i: number) => sidecarAway(replicaServerRestarts(from, i), i, rules);

  if (primary.server === 'open') {
    const transaction = { gtid: commit(nextCommit(volume.executed)), content: cluster.next };
    const committed = withVolume({ ...cluster, next: cluster.next + 1 }, execute(volume, transaction));
    yield* step('a client commits', committed, 'commits');
    yield* step('a person resets the binary logs of mysql-0', withVolume(cluster, { executed: NONE }), 'resets');
  } else {
    yield* step('a person opens mysql-0 by hand', withPrimary(cluster, { server: 'open' }), 'openedByHand');
  }
  yield* step('the server of mysql-0 restarts', primaryServerRestarts(cluster, rules), 'restarts');
  if (primary.sidecar) {
    yield* step('the sidecar of mysql-0 ends', primarySidecarEnds(cluster, rules), 'primaryEnds');
    yield* step('the pod of mysql-0 restarts', primaryPodRestarts(cluster), 'restarts');
  }
  yield* step(
    'every pod restarts',
    [0, 1].reduce((after, i) => replicaPodRestarts(after, i), primaryPodRestarts(cluster)),
    'restarts',
  );
  if (!copy) yield* step('somebody copies the volume of mysql-0', { ...cluster, copy: volume }, 'copies');
  else {
    const exchanged = withPrimary({ ...cluster, copy: volume }, { volume: copy });
    yield* step('the copy of the volume of mysql-0 is put back', primaryPodRestarts(exchanged), 'copies');
  }
  for (const [i, replica] of replicas.entries()) {
    const transaction = { gtid: errant(i + 1), content: cluster.next };
    if ((heldBy(replica) & transaction.gtid) === 0) {
      const written = withReplica({ ...cluster, next: cluster.next + 1 }, i, execute(replica, transaction));
      yield* step(`somebody writes on ${name(i)}`, written, 'errants');
    }
    yield* step(`the server of ${name(i)} restarts`, replicaServerRestarts(cluster, i), 'restarts');
    if (!replica.sidecar) continue;
    yield* step(`the sidecar of ${name(i)} ends`, sidecarAway(cluster, i, rules), 'ends');
    yield* step(`the pod of ${name(i)} restarts`, replicaPodRestarts(cluster, i), 'restarts');
  }
}

// ---- what a person does about it

/** A replica with the data of a donor, which has replicated from nobody. */
const cloneOf = ({ log, executed }: History): Replica => ({
  log,
  executed,
  received: [],
  fenced: false,
  mustStayFenced: false,
  connected: false,
  receiver: 'off',
  sidecar: true,
  state: 'down',
});

export function replaceData(cluster: Cluster, i: number, donor: History, rules: Rules): Cluster {
  const without = forgetAnswer(cluster, 'replica', i, rules);
  return { ...without, replicas: both(without.replicas, i, cloneOf(donor)) };
}

export const declareGone = (cluster: Cluster, i: number): Cluster => {
  const { volume, heard } = cluster.primary;
  const word = { objections: both(volume.objections, i, false), objecting: both(volume.objecting, i, false) };
  return withPrimary(withVolume(cluster, word), { heard: both(heard, i, 'gone') });
};

function* remedies(cluster: Cluster, rules: Rules): Generator<Step> {
  const { primary, replicas } = cluster;
  for (const i of [0, 1]) {
    const other = replicas[1 - i];
    const donors: [string, History][] = [
      ...(primary.server === 'open' && primary.opened && primary.sidecar
        ? [['mysql-0', primary.volume] as [string, History]]
        : []),
      ...(STATES[other.state].ready && other.sidecar ? [[name(1 - i), other] as [string, History]] : []),
    ];
    for (const [donor, history] of may(cluster, 'clones') ? donors : [])
      yield {
        text: `a clone of ${donor} replaces the data of ${name(i)}`,
        by: 'person',
        after: spend(replaceData(cluster, i, history, rules), 'clones'),
      };
    if (may(cluster, 'gone') && primary.sidecar && primary.server === 'closed')
      yield {
        text: `a person says that ${name(i)} is gone`,
        by: 'person',
        after: spend(declareGone(cluster, i), 'gone'),
      };
  }
}

/** The steps of the scripts and the servers. */
export function* ownSteps(cluster: Cluster, rules: Rules): Generator<Step> {
  yield* primarySteps(cluster, rules);
  for (const i of [0, 1]) yield* replicaSteps(cluster, i, rules);
}

/** Every step that may follow. */
export function* steps(cluster: Cluster, rules: Rules): Generator<Step> {
  yield* ownSteps(cluster, rules);
  if (cluster.late) {
    yield arrives(cluster, cluster.late, rules);
    if (!cluster.late.stale)
      yield { text: 'the late answer is lost', by: 'itself', after: { ...cluster, late: undefined } };
  }
  yield* disturbances(cluster, rules);
  yield* remedies(cluster, rules);
}

// ---- the beginning

/** Nothing happens. */
export const CALM: Disturbances = {
  commits: 0,
  openings: 0,
  late: 0,
  restarts: 0,
  ends: 0,
  primaryEnds: 0,
  copies: 0,
  resets: 0,
  errants: 0,
  clones: 0,
  gone: 0,
  openedByHand: 0,
};

/** How a cluster is at first. It has replicated one commit. Before the release that writes epochs, it has none. */
export type Beginning = 'replicating' | 'connecting' | 'ahead of a copy' | 'without epochs';

/** A cluster with so many disturbances to come. */
export function cluster(left: Partial<Disturbances>, beginning: Beginning = 'replicating'): Cluster {
  const opened = beginning !== 'without epochs';
  const empty = { log: [], executed: NONE };
  const history = execute(opened ? execute(empty, openingOf(1, 1, NONE)) : empty, { gtid: commit(1), content: 2 });
  const source = { number: 1, id: 1 };
  const replica: Replica = {
    ...cloneOf(history),
    connected: true,
    receiver: opened ? 'on' : 'off',
    comparedOpening: opened ? source.id : undefined,
    state: opened ? 'replicating' : 'detached',
  };
  const connects: Replica = {
    ...replica,
    compared: { epoch: source, held: history.executed, source },
    receiver: 'connecting',
    state: 'detached',
  };
  const start: Cluster = {
    primary: {
      volume: { ...history, objections: [false, false], objecting: [false, false] },
      server: opened ? 'open' : 'closed',
      sidecar: true,
      heard: ['nothing', 'nothing'],
      executedAtStart: opened ? NONE : history.executed,
      opened,
    },
    replicas: [beginning === 'connecting' ? connects : replica, replica],
    left: { ...CALM, ...left },
    next: 3,
  };
  if (beginning !== 'ahead of a copy') return start;
  // Since the copy was made, the primary has committed, and one replica has received it and not looked since.
  const second = { gtid: commit(2), content: 3 };
  const ahead = { ...connects, ...execute(history, second), receiver: 'on, may reconnect' as const };
  const committed = withVolume(start, execute(history, second));
  return { ...committed, copy: start.primary.volume, replicas: [ahead, replica], next: 4 };
}
