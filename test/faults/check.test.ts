import { check } from './support/check';
import { InstanceContents } from './support/contents';
import { parseJournal } from './support/journal';

// Shows the checker every kind of failure that it must detect.
const journal = parseJournal(
  ['w1 10.1 tried 1 1', 'w1 10.2 acked 1 1', 'w1 10.3 tried 1 2', 'w1 10.4 acked 1 2', 'w1 10.5 tried 1 3'].join('\n'),
);

function contents(instance: string, changes: Partial<InstanceContents> = {}): InstanceContents {
  const rows = new Set(['1:1', '1:2']);
  const threads = instance === 'mysql-0' ? [] : ['ON', 'ON'];
  return { instance, gtids: 'a:1-2', errant: '', checksums: '7 8', mismatches: 0, torn: 0, rows, threads, ...changes };
}

const failures = (...instances: InstanceContents[]) => check(journal, instances).failures;

test('equal instances with every acknowledged row pass', () => {
  expect(failures(contents('mysql-0'), contents('mysql-1'))).toEqual([]);
});

test('a row that was tried and not acknowledged may exist', () => {
  const rows = new Set(['1:1', '1:2', '1:3']);
  expect(failures(contents('mysql-0', { rows }), contents('mysql-1', { rows }))).toEqual([]);
});

test('an acknowledged row that the primary lacks is a lost commit', () => {
  const { lost, failures } = check(journal, [contents('mysql-0', { rows: new Set(['1:1']) })]);
  expect(lost).toEqual(['1:2']);
  expect(failures).toEqual(['1 acknowledged commits lost: 1:2']);
});

test.each<[string, Partial<InstanceContents>, string]>([
  ['an acknowledged row missing', { rows: new Set(['1:2']) }, 'mysql-1 lacks 1 acknowledged commits: 1:1'],
  ['a row that nobody wrote', { rows: new Set(['1:1', '1:2', '1:4']) }, 'mysql-1 has 1 rows that nobody wrote: 1:4'],
  ['other data', { mismatches: 2 }, 'mysql-1 has 2 rows with other data than was written'],
  ['half a transaction', { torn: 1 }, 'mysql-1 has 1 large transactions in part'],
  ['an errant set', { errant: 'b:1' }, 'mysql-1 has transactions that the primary lacks: b:1'],
  ['other GTIDs', { gtids: 'a:1' }, 'mysql-1 has executed a:1, the primary a:1-2'],
  ['other checksums', { checksums: '7 9' }, 'mysql-1: checksums 7 9, on the primary 7 8'],
  ['a stopped applier', { threads: ['ON', 'OFF'] }, 'mysql-1: receiver and applier are ON, OFF'],
  ['no replication', { threads: [] }, 'mysql-1: receiver and applier are not set up'],
])('a replica with %s fails', (_, changes, message) => {
  expect(failures(contents('mysql-0'), contents('mysql-1', changes))).toEqual([message]);
});
