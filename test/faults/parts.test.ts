import { faults } from './cases';
import { faultsOf, partNamed, WEEKDAYS } from './parts';
import { options } from './support/options';

test('the seven parts together are all faults, each once', () => {
  const names = WEEKDAYS.flatMap((weekday) => faultsOf(weekday)).map(({ name }) => name);
  expect([...names].sort()).toEqual(faults.map(({ name }) => name).sort());
});

test.each([
  ['1', 'monday'],
  ['7', 'sunday'],
  ['friday', 'friday'],
  ['Tuesday', 'tuesday'],
])('--part %s is %s', (text, part) => {
  expect(options(['--part', text]).part).toBe(part);
});

test('without --part all faults run', () => {
  expect(options([]).part).toBeUndefined();
});

test.each(['0', '8', 'mon', ''])('"%s" is no part', (text) => {
  expect(() => partNamed(text)).toThrow(`--part ${text}: give 1 to 7, or a weekday: monday, tuesday`);
});

test('a part and single faults exclude each other', () => {
  expect(() => options(['--part', '1', '--fault', 'stranger'])).toThrow('give --fault or --part, not both');
});
