import { readFileSync } from 'fs';
import { faults as known } from './cases';
import { page, PAGE } from './support/record';
import { FaultResult, readResults, RECORD } from './support/results';
import { table } from './support/table';

const round = { missed: false, lostCommits: 0, wrongReads: 0, retriedReads: 0, failedReads: 0 };
const context = {
  date: '2026-01-02T03:04:05Z',
  seed: 5,
  versions: { kubernetes: 'v1.36', images: ['mysql:8.4'] },
};
const killed: FaultResult = {
  ...context,
  name: 'killed',
  commit: '0123456789',
  server: '8.4.0',
  rounds: [
    { ...round, round: 1, writeGap: 4, readGap: 1, recovery: 9 },
    { ...round, round: 2, writeGap: 6, readGap: 0.5, recovery: 12, missed: true },
    { ...round, round: 3, lostCommits: 2, wrongReads: 1, failure: '2 acknowledged commits lost' },
  ],
};
const skipped: FaultResult = { ...context, name: 'power', notRun: 'no program', rounds: [] };
const faults = [
  { name: 'killed', number: 7, title: 'mysqld is killed', heals: true },
  { name: 'power', number: 9, title: 'power is cut', heals: true },
];
const cells = (line: string) =>
  line
    .split('|')
    .map((cell) => cell.trim())
    .slice(1, -1);

test('a fault becomes a row with its worst figures', () => {
  const row = table(faults, [killed]).split('\n')[2];
  const expected = [
    '7',
    'mysqld is killed',
    'by itself',
    '3 (1 too late)',
    '1',
    '2',
    '1',
    '6.0 s',
    '1.0 s',
    '12.0 s, median 9.0 s',
    '0123456789',
  ];
  expect(cells(row)).toEqual(expected);
});

test('a fault that did not run does not look like one that passed', () => {
  expect(cells(table(faults, [skipped]).split('\n')[2])).toEqual([
    '9',
    'power is cut',
    'by itself',
    'not run',
    '',
    '',
    '',
    '',
    '',
    '',
    '',
  ]);
});

test('a failure before the first round shows', () => {
  expect(cells(table(faults, [{ ...killed, rounds: [], failure: 'not ready' }]).split('\n')[2])[4]).toBe('all');
});

test('a result from before the commit was recorded shows none', () => {
  expect(cells(table(faults, [{ ...killed, commit: undefined }]).split('\n')[2]).pop()).toBe('-');
});

describe('the page', () => {
  test('states the date, the seed, the versions and the commit', () => {
    const text = page(faults, [killed]);
    for (const part of ['2026-01-02', 'seed: 5', 'v1.36', '8.4.0', 'mysql:8.4', '0123456789', table(faults, [killed])])
      expect(text).toContain(part);
  });

  test('lists faults without a result as not run, and no result of a fault that is gone', () => {
    const text = page(faults, [killed, { ...killed, name: 'gone', seed: 6 }]);
    expect(text).toContain('Not run: 9, power is cut.');
    expect(text).toContain('seed: 5\n');
  });

  test('docs/faults.md shows the record; npm run docs writes it', () => {
    expect(readFileSync(PAGE, 'utf8')).toBe(page(known, readResults(RECORD)));
  });
});
