import { existsSync, readdirSync, readFileSync } from 'fs';
import { dirname, join, relative, resolve } from 'path';

const CHECKOUT = resolve(__dirname, '../..');
const TASKS = readdirSync(join(CHECKOUT, 'docs/tasks')).map((name) => `docs/tasks/${name}`);
const PAGES = ['docs/troubleshooting.md', 'docs/walk-through.md', 'examples/README.md', ...TASKS];

const read = (page: string) => readFileSync(join(CHECKOUT, page), 'utf8');
const withoutCode = (text: string) => text.replace(/^( *)```[^]*?^\1```$/gm, '').replace(/`[^`\n]*`/g, 'code');

/** The anchors that a forge makes of the headings of a page. */
const anchors = (page: string) =>
  [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replace(/ /g, '-'),
  );

/** The links of a page to other files of the checkout, or within the page, that lead nowhere. */
function brokenLinks(page: string): string[] {
  const links = [...withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link);
  return links
    .filter((link) => !/^https?:/.test(link))
    .filter((link) => {
      const [path, anchor] = link.split('#');
      const target = path ? relative(CHECKOUT, resolve(CHECKOUT, dirname(page), path)) : page;
      return !existsSync(join(CHECKOUT, target)) || (anchor !== undefined && !anchors(target).includes(anchor));
    });
}

test.each(PAGES)('every link of %s leads somewhere', (page) => {
  expect(brokenLinks(page)).toEqual([]);
});

test('docs/tasks/README.md lists each task once', () => {
  const listed = [...read('docs/tasks/README.md').matchAll(/^\| \[[^\]]*\]\(([^)]*)\)/gm)].map(([, name]) => name);
  expect(listed.map((name) => `docs/tasks/${name}`).sort()).toEqual(
    TASKS.filter((page) => !page.endsWith('/README.md')).sort(),
  );
});
