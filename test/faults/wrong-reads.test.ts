import { parseJournal } from './support/journal';
import { wrongReads } from './support/wrong-reads';

const written = ['w1 1.0 tried 1 1', 'w1 2.0 tried 1 2', 'w1 3.0 tried 1 3'];

const messages = (...reads: string[]) =>
  wrongReads(parseJournal([...written, ...reads].join('\n'))).map((r) => r.message);

test('reads may lag, and lag differently on each server', () => {
  const reads = ['r1 3.5 read 3.4 mysql-1 u1 0 1:2:2:0', 'r1 4.5 read 4.4 mysql-2 u2 0 1:1:1:0'];
  expect(messages(...reads, 'r1 5.5 read 5.4 mysql-1 u1 0 1:3:3:0')).toEqual([]);
});

test('a clone counts as another server than the one it replaced', () => {
  expect(messages('r1 4.0 read 3.9 mysql-1 u1 0 1:3:3:0', 'r1 5.0 read 4.9 mysql-1 u9 0 1:2:2:0')).toEqual([]);
});

test('a row may not vanish from a server', () => {
  const message = 'mysql-1: connection 1: rows vanished: 2 up to 3, before 3 up to 3';
  expect(messages('r1 4.0 read 3.9 mysql-1 u1 0 1:3:3:0', 'r1 5.0 read 4.9 mysql-1 u1 0 1:2:3:0')).toEqual([message]);
});

test('a row may not vanish from a connection that is held', () => {
  const message = 'mysql-1: connection 1: rows vanished: 2 up to 2, before 3 up to 3';
  expect(messages('h1 4.0 held 3.9 mysql-1 u1 0 1:3:3:0', 'h1 5.0 held 4.9 mysql-1 u1 0 1:2:2:0')).toEqual([message]);
});

test('all rows of a connection may not vanish', () => {
  const message = 'mysql-1: connection 1: rows vanished: 0 up to 0, before 1 up to 1';
  expect(messages('r1 4.0 read 3.9 mysql-1 u1 0 1:1:1:0', 'r1 5.0 read 4.9 mysql-1 u1 0')).toEqual([message]);
});

test.each([
  ['a row that nobody wrote', 'r1 4.0 read 3.9 mysql-1 u1 0 1:4:4:0', 'connection 1: row 4 was never written'],
  ['a row before it was written', 'r1 2.5 read 2.4 mysql-1 u1 0 1:3:3:0', 'connection 1: row 3 was never written'],
  ['other data', 'r1 4.0 read 3.9 mysql-1 u1 0 1:3:3:1', 'connection 1: 1 rows with other data than was written'],
  ['half a transaction', 'r1 4.0 read 3.9 mysql-1 u1 2 1:3:3:0', '2 large transactions in part'],
])('%s', (_, read, message) => {
  expect(messages(read)).toEqual([`mysql-1: ${message}`]);
});
