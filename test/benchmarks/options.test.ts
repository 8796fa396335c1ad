import { options } from '../../benchmarks/support/options';

const DEFAULTS = { rows: ['one', 'two', 'three'], rounds: 5 };

test('without options, all rows are measured as often as the benchmark says', () => {
  expect(options([], DEFAULTS)).toEqual({ rows: ['one', 'two', 'three'], rounds: 5, seconds: 0, before: undefined });
});

test('rows keep their order in the table', () => {
  expect(options(['--row', 'three', '--row', 'one'], DEFAULTS).rows).toEqual(['one', 'three']);
});

test.each([
  [['--row', 'four'], '--row four: give one of one, two, three'],
  [['--rounds', '0'], '--rounds 0: give a whole number from 1'],
  [['--seconds', '1.5'], '--seconds 1.5: give a whole number from 1'],
])('%j is refused', (args, message) => {
  expect(() => options(args, DEFAULTS)).toThrow(message);
});
