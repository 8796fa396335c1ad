import { existsSync } from 'fs';
import { join, resolve } from 'path';
import { anchorsOf, filesIn, Link, linksOf, slug } from '../support/pages';

const CHECKOUT = resolve(__dirname, '../..');
const PAGES = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'imports/README.md',
  'test/faults/README.md',
  ...['docs', 'examples'].flatMap(filesIn).filter((file) => file.endsWith('.md')),
];
const links = PAGES.flatMap(linksOf);
const sources = (broken: Link[]) => broken.map(({ source }) => source);

test('every relative link leads to a file', () => {
  expect(links.length).toBeGreaterThan(100);
  expect(sources(links.filter(({ file }) => !existsSync(join(CHECKOUT, file))))).toEqual([]);
});

test('every anchor is that of a heading', () => {
  const anchored = links.filter(({ file, anchor }) => anchor !== undefined && existsSync(join(CHECKOUT, file)));
  expect(sources(anchored.filter(({ file, anchor }) => !anchorsOf(file).has(anchor!)))).toEqual([]);
});

test('the index of the documentation lists every page', () => {
  const listed = new Set(linksOf('docs/README.md').map(({ file }) => file));
  const pages = filesIn('docs').filter((file) => file.endsWith('.md') && !file.endsWith('README.md'));
  expect(pages.filter((page) => !listed.has(page))).toEqual([]);
});

test.each([
  ['Find a page', 'find-a-page'],
  ['The construct declares no dependencies', 'the-construct-declares-no-dependencies'],
  ["Readiness follows the sidecar's verdict", 'readiness-follows-the-sidecars-verdict'],
  ['`ClusteredApp` and [others](https://example.com)', 'clusteredapp-and-others'],
  ['snake_case, kebab-case & more', 'snake_case-kebab-case--more'],
])('the anchor of "%s" is %s', (heading, anchor) => {
  expect(slug(heading)).toBe(anchor);
});
