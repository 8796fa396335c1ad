import { page } from './support/record';
import { FaultResult } from './support/results';
import { table } from './support/table';

const round = { missed: false, lostCommits: 0, wrongReads: 0, retriedReads: 0, failedReads: 0 };
const about = {
  heals: true,
  date: '2026-01-02T03:04:05Z',
  seed: 5,
  versions: { kubernetes: 'v1.36', images: ['mysql:8.4'] },
};
const killed: FaultResult = {
  ...about,
  name: 'killed',
  number: 7,
  title: 'killed',
  server: '8.4.0',
  rounds: [
    { ...round, round: 1, writeGap: 4, readGap: 1, recovery: 9 },
    { ...round, round: 2, writeGap: 6, readGap: 0.5, recovery: 12, missed: true },
    { ...round, round: 3, lostCommits: 2, wrongReads: 1, failure: '2 acknowledged commits lost' },
  ],
};
const skipped: FaultResult = { ...about, name: 'power', number: 9, title: 'power', notRun: 'no program', rounds: [] };
const cells = (line: string) =>
  line
    .split('|')
    .map((cell) => cell.trim())
    .slice(1, -1);

test('a fault becomes a row with its worst figures', () => {
  const row = table([killed]).split('\n')[2];
  const expected = [
    '7',
    'killed',
    'by itself',
    '3 (1 too late)',
    '1',
    '2',
    '1',
    '6.0 s',
    '1.0 s',
    '12.0 s, median 9.0 s',
  ];
  expect(cells(row)).toEqual(expected);
});

test('what was not run does not look as if it had passed', () => {
  expect(cells(table([skipped]).split('\n')[2])).toEqual([
    '9',
    'power',
    'by itself',
    'not run',
    '',
    '',
    '',
    '',
    '',
    '',
  ]);
});

test('a failure before the first round shows', () => {
  expect(cells(table([{ ...killed, rounds: [], failure: 'not ready' }]).split('\n')[2])[4]).toBe('all');
});

test('the page says what was measured, when, and on what', () => {
  const text = page([killed], []);
  for (const part of ['2026-01-02', 'seed: 5', 'v1.36', '8.4.0', 'mysql:8.4', table([killed])])
    expect(text).toContain(part);
});
