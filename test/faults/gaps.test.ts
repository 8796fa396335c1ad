import { interruptions, longestGap } from './support/gaps';
import { parseJournal } from './support/journal';

const span = { from: 10, to: 20 };

test('the longest gap counts the ends of the span and nothing outside it', () => {
  expect(longestGap([1, 11, 12, 30], span)).toBe(8);
  expect(longestGap([14, 19], span)).toBe(5);
  expect(longestGap([], span)).toBe(10);
});

describe('interruptions', () => {
  const count = (...events: string[]) =>
    interruptions(parseJournal(events.map((event, i) => `w1 ${i + 11} ${event} 1 ${i + 1} lost`).join('\n')), span);

  test('failures in a row are one', () => {
    expect(count('acked', 'failed', 'failed', 'acked')).toEqual(['lost after 2.0 s']);
  });

  test('a failure after a success is another', () => {
    expect(count('acked', 'failed', 'acked', 'failed', 'acked')).toEqual(['lost after 2.0 s', 'lost after 4.0 s']);
  });

  test('none without failures', () => {
    expect(count('acked', 'acked')).toEqual([]);
  });
});
