import { describe as text, differences, Seen, unchanged } from './support/oracle';

// Shows the oracle what a cluster once held in which nobody had noticed a difference, and what is none.
const SET = '6c1f2c5e-cc0f-11f0-8a4b-0242ac110002:1-160';

const seen = (instance: string, changes: Partial<Seen> = {}): Seen => ({
  instance,
  ready: true,
  verdict: instance === 'mysql-0' ? 'ready (open): the primary accepts writes' : 'ready (replicating): from mysql-0',
  gtids: SET,
  checksums: { 'shop.orders': '1523040', 'replicated_mysql.cluster': '77' },
  ...changes,
});

const LESS = { 'shop.orders': '981271', 'replicated_mysql.cluster': '77' };

test('instances that hold the same pass', () => {
  expect(differences([seen('mysql-0'), seen('mysql-1'), seen('mysql-2')])).toEqual([]);
});

test('after a reset of the binary logs, equal sets with other rows fail', () => {
  const after = [seen('mysql-0'), seen('mysql-1', { checksums: LESS }), seen('mysql-2', { checksums: LESS })];
  expect(differences(after)).toEqual([
    `shop.orders differs: mysql-0 1523040, mysql-1 981271, both with ${SET}`,
    `shop.orders differs: mysql-0 1523040, mysql-2 981271, both with ${SET}`,
  ]);
});

test('two replicas that differ from each other fail, whatever the primary is', () => {
  const primary = seen('mysql-0', { ready: false, gtids: undefined, checksums: {} });
  expect(differences([primary, seen('mysql-1'), seen('mysql-2', { checksums: LESS })])).toHaveLength(1);
});

test('a table that only one instance has fails', () => {
  const others = { 'replicated_mysql.cluster': '77' };
  expect(differences([seen('mysql-0'), seen('mysql-1', { checksums: others })])).toEqual([
    `shop.orders differs: mysql-0 1523040, mysql-1 no such table, both with ${SET}`,
  ]);
});

test.each<[string, Partial<Seen>]>([
  ['an instance that is not ready', { ready: false, checksums: LESS }],
  ['an instance with another set', { gtids: `${SET.slice(0, -3)}98`, checksums: LESS }],
])('%s may hold other data', (_, changes) => {
  expect(differences([seen('mysql-0'), seen('mysql-1', changes)])).toEqual([]);
});

test('a cluster of one instance passes', () => {
  expect(differences([seen('mysql-0')])).toEqual([]);
});

test.each<[string, Seen[]]>([
  ['a commit', [seen('mysql-0', { gtids: `${SET},x:1` }), seen('mysql-1')]],
  ['another instance', [seen('mysql-0')]],
  ['readiness', [seen('mysql-0'), seen('mysql-1', { ready: false })]],
])('%s starts the ten seconds again', (_, after) => {
  const before = [seen('mysql-0'), seen('mysql-1')];
  expect(unchanged(before, before)).toBe(true);
  expect(unchanged(before, after)).toBe(false);
});

test('the message has the verdict, the set and the checksums of every instance', () => {
  expect(
    text([
      seen('mysql-0'),
      seen('mysql-1', { ready: false, verdict: 'unready (down): x', gtids: undefined, checksums: {} }),
    ]),
  ).toBe(
    `mysql-0 ready, verdict "ready (open): the primary accepts writes", GTIDs ${SET}
  shop.orders 1523040
  replicated_mysql.cluster 77
mysql-1 not ready, verdict "unready (down): x", GTIDs unknown: its server does not answer`,
  );
});
