import { faults } from './cases';
import { faultsOf, partNumbered, parts } from './parts';
import { options } from './support/options';

test('the parts together are all faults, each once', () => {
  const names = parts.flatMap((_, i) => faultsOf(i + 1)).map(({ name }) => name);
  expect([...names].sort()).toEqual(faults.map(({ name }) => name).sort());
});

test.each([
  ['1', 1],
  ['14', 14],
])('--part %s is part %i', (text, part) => {
  expect(options(['--part', text]).part).toBe(part);
});

test('today is another part each day of a fortnight', () => {
  const days = Array.from({ length: 15 }, (_, day) => partNumbered('today', Date.UTC(2026, 10, 20 + day, 23, 59)));
  expect(new Set(days)).toEqual(new Set(parts.map((_, i) => i + 1)));
  expect(days[14]).toBe(days[0]);
});

test('without --part all faults run', () => {
  expect(options([]).part).toBeUndefined();
});

test.each(['0', '15', 'monday', '', '1.5'])('"%s" is no part', (text) => {
  expect(() => partNumbered(text)).toThrow(`--part ${text}: give 1 to 14, or today`);
});

test('a part and single faults exclude each other', () => {
  expect(() => options(['--part', '1', '--fault', 'stranger'])).toThrow('give --fault or --part, not both');
});
