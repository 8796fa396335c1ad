import { readFileSync } from 'fs';
import { resolve } from 'path';
import { Manifests } from '../support/manifests';
import { compare } from './compare';
import { DEVIATIONS } from './deviations';
import { differences } from './differences';
import { matches, namedBy, page } from './page';

const actual = differences();

test('every difference from the tutorial is listed', () => {
  const listed = new Set(DEVIATIONS.flatMap((deviation) => namedBy(deviation, actual)));
  expect(actual.filter((difference) => !listed.has(difference))).toEqual([]);
});

test('no difference is listed twice', () => {
  const twice = actual.filter(
    (difference) => DEVIATIONS.filter((deviation) => namedBy(deviation, [difference]).length).length > 1,
  );
  expect(twice).toEqual([]);
});

test('every listed difference exists', () => {
  const places = DEVIATIONS.flatMap((deviation) => deviation.places);
  const gone = places.filter((pattern) => !actual.some(({ place }) => matches(pattern, place)));
  expect(gone).toEqual([]);
});

test('docs/reference/deviations.md shows them; npm run docs:deviations writes it', () => {
  expect(readFileSync(resolve(__dirname, '../../docs/reference/deviations.md'), 'utf8')).toBe(page(actual));
});

describe('the comparison finds', () => {
  const pod = (spec: string) => Manifests.parse(`{ kind: Pod, metadata: { name: a }, spec: ${spec} }`);
  const found = (tutorial: string, here: string) =>
    compare(pod(tutorial), pod(here)).map((d) => [d.place, d.tutorial, d.here]);

  test.each([
    ['a changed value', '{ uid: 1 }', '{ uid: 2 }', [['Pod/a: spec.uid', 1, 2]]],
    ['what is added', '{}', '{ uid: { a: 1 } }', [['Pod/a: spec.uid', undefined, { a: 1 }]]],
    ['what is missing', '{ uid: 1 }', '{}', [['Pod/a: spec.uid', 1, undefined]]],
    [
      'changes of named elements, wherever they stand',
      '{ list: [{ name: x-1, v: 1 }, { name: y, v: 1 }] }',
      '{ list: [{ name: y, v: 1 }, { name: x-1, v: 2 }] }',
      [['Pod/a: spec.list[x-1].v', 1, 2]],
    ],
    [
      'a changed option of my.cnf',
      '{ a.cnf: "[mysqld]\\nx=1\\ny\\n" }',
      '{ a.cnf: "# text\\n[mysqld]\\ny=2\\nx=1\\n" }',
      [['Pod/a: spec[a.cnf].y', '', '2']],
    ],
    [
      'another command, but not another script',
      '{ one: { command: [bash, -c, a] }, two: { command: [bash, -c, a] } }',
      '{ one: { command: [bash, -c, b] }, two: { command: [sh, -c, a] } }',
      [['Pod/a: spec.two.command', ['bash', '-c', '(script)'], ['sh', '-c', 'a']]],
    ],
  ])('%s', (_, tutorial, here, expected) => {
    expect(found(tutorial, here)).toEqual(expected);
  });

  test('an object that is added or missing', () => {
    expect(compare(pod('{}'), Manifests.parse('{ kind: Pod, metadata: { name: b } }')).map((d) => d.place)).toEqual([
      'Pod/a',
      'Pod/b',
    ]);
  });
});
