import { Beginning, cluster, DESIGN, Disturbances, Rules } from './cluster';
import { PROPERTIES, remembered } from './properties';
import { explore, Found } from './search';
import { settles } from './settling';
import { mayFollow, State } from './states';

type Property = keyof typeof PROPERTIES;
const EQUAL: Property = 'ready instances with equal GTID sets hold equal data';
const OPENS: Property =
  'the primary never opens while a peer that it has heard objects, unless that peer said otherwise or a person said that it is gone';
const FENCE: Property = 'a fence is lifted only by replaced data or a proven answer that passes the comparison';
const FINDS: Property = 'a comparison that passes finds a beginning of the history of the primary';
const PASSES: Property = 'a beginning of the history of the primary passes the comparison';
const RECEIVES =
  'a replica never receives from a primary whose history it has not been compared with since the opening of that primary' as const;

/** What may happen, and in which cluster. Each is explored exhaustively, in every order. */
const SCENARIOS: Record<string, [Partial<Disturbances>, Beginning?]> = {
  'a server, a pod or everything restarts, and a sidecar ends': [{ restarts: 1, ends: 1, commits: 1, openings: 1 }],
  'answers are lost or late, and something restarts': [{ restarts: 1, late: 1, openings: 1 }],
  'the primary is set back to an older copy': [{ copies: 2, commits: 2, openings: 1 }],
  'the primary is set back, and answers are late': [{ copies: 2, late: 1, commits: 1, openings: 1 }],
  'the primary is set back while a replica connects': [{ copies: 2, ends: 1, commits: 1, openings: 1 }, 'connecting'],
  'the primary is set back, and the newer volume returns': [{ copies: 3, commits: 1, openings: 2 }],
  'the binary logs of the open primary are reset': [{ resets: 1, ends: 1, commits: 3 }],
  'the binary logs are reset, and something restarts': [{ resets: 1, restarts: 1, commits: 1, openings: 1 }],
  'somebody writes on a replica, and sidecars end': [{ errants: 1, restarts: 1, ends: 1, primaryEnds: 1, openings: 1 }],
  'somebody writes on a replica, and answers are late': [{ errants: 1, restarts: 1, late: 1, openings: 1 }],
  'somebody writes on a replica, and it takes a clone': [{ errants: 1, restarts: 1, clones: 1, openings: 1 }],
  'somebody writes on a replica, and a person says that it is gone': [
    { errants: 1, restarts: 1, gone: 1, openings: 1 },
  ],
  'a person opens by hand a primary that was set back': [{ copies: 2, openedByHand: 1, commits: 1, openings: 1 }],
  'a cluster without epochs opens, and its logs are reset': [{ resets: 1, commits: 1, openings: 1 }, 'without epochs'],
};

const failureOf = (found: readonly Found[], property: string) =>
  found.find((violation) => violation.property === property)?.trace;

describe.each(Object.entries(SCENARIOS))('when %s,', (_, [left, beginning]) => {
  // An answer that was late was given by the primary as it was before. What is received after it, the next look compares.
  const properties = Object.fromEntries(
    Object.entries(PROPERTIES).filter(([property]) => !left.late || property !== RECEIVES),
  );
  const explored = once(() => explore(cluster(left, beginning), DESIGN, properties));

  test.each(Object.keys(properties))('%s', (property) => {
    expect(explored().states).toBeGreaterThan(100);
    expect(failureOf(explored().found, property)).toBeUndefined();
  });

  test('each state of a replica may follow the one before it', () => {
    const changes = [...explored().changes].map((change) => change.split(' ') as [State, State]);
    expect(changes.filter(([before, after]) => !mayFollow(before, after))).toEqual([]);
  });
});

describe('something good still happens: the primary opens and replicas replicate, with an objection after the remedies, when', () => {
  test.each<[string, Partial<Disturbances>, Beginning]>([
    ['something restarts', { restarts: 1, openings: 1 }, 'replicating'],
    ['answers are lost or late', { late: 1, restarts: 1, openings: 1 }, 'replicating'],
    ['the primary was set back', { copies: 2, commits: 1, openings: 1 }, 'replicating'],
    ['the binary logs were reset', { resets: 1, commits: 1 }, 'replicating'],
    ['somebody has written on a replica', { errants: 1, primaryEnds: 1, ends: 1 }, 'replicating'],
    ['a cluster without epochs opens', { ends: 1, openings: 1 }, 'without epochs'],
  ])('%s', (_, left, beginning) => {
    const { found } = explore(cluster(left, beginning), DESIGN, { settles: remembered(settles) });
    expect(failureOf(found, 'settles')).toBeUndefined();
  });
});

/** Each rule, what it is for, and a scenario in which its absence shows. */
const ABSENCES: [rule: keyof Rules, property: Property, left: Partial<Disturbances>, beginning: Beginning][] = [
  ['epochs', FINDS, { copies: 3, ends: 1, openings: 2 }, 'replicating'],
  ['executedOfNextOpening', EQUAL, { copies: 1, ends: 1, commits: 1, openings: 1 }, 'ahead of a copy'],
  ['executedNow', FINDS, { errants: 1 }, 'replicating'],
  ['objectionsRecorded', OPENS, { errants: 1, restarts: 1, ends: 1, primaryEnds: 1, openings: 1 }, 'replicating'],
  ['objectionsOutliveSilence', OPENS, { errants: 1, restarts: 1, ends: 1, openings: 1 }, 'replicating'],
  ['goneUntilHeard', OPENS, { errants: 1, restarts: 1, gone: 1, openings: 1 }, 'replicating'],
  ['fencesRecorded', FENCE, { errants: 1, ends: 1, primaryEnds: 1 }, 'replicating'],
  ['fencesOutliveSilence', FENCE, { errants: 1, primaryEnds: 1 }, 'replicating'],
  ['receiverConnectsOnce', EQUAL, { copies: 1, ends: 1, commits: 1, openings: 1 }, 'ahead of a copy'],
  ['receiverConnectsOnce', RECEIVES, { restarts: 1, openings: 1 }, 'connecting'],
  ['comparedPointKept', FINDS, { copies: 1, late: 1, gone: 1, commits: 1, openings: 1 }, 'ahead of a copy'],
  ['epochOfReceived', PASSES, { restarts: 1, openings: 1 }, 'replicating'],
  ['answersBelongToQuestions', OPENS, { errants: 1, restarts: 1, late: 1, openings: 1 }, 'replicating'],
  ['openingFromStart', EQUAL, { copies: 1, openedByHand: 1, commits: 1, openings: 1 }, 'ahead of a copy'],
];

describe('the model can fail:', () => {
  test.each(ABSENCES)('without the rule %s, not always: %s', (rule, property, left, beginning) => {
    const rules = { ...DESIGN, [rule]: false };
    const properties = { [property]: PROPERTIES[property] };
    const { found } = explore(cluster(left, beginning), rules, properties, { stopAtFirst: true });
    expect(found.map((violation) => violation.property)).toEqual([property]);
    expect(found[0].trace).toMatchSnapshot();
  });
});

/** Computes a value when it is first needed. */
function once<T>(compute: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= compute());
}
