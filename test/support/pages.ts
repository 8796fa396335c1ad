import { readdirSync, readFileSync, statSync } from 'fs';
import { dirname, join, normalize, resolve } from 'path';

const CHECKOUT = resolve(__dirname, '../..');

/** The files of a directory of the checkout, with those of its subdirectories, as paths from the checkout. */
export function filesIn(directory: string): string[] {
  return readdirSync(join(CHECKOUT, directory), { recursive: true, encoding: 'utf8' })
    .map((file) => join(directory, file))
    .filter((file) => statSync(join(CHECKOUT, file)).isFile());
}

/** A relative link of a page. */
export interface Link {
  /** Where it stands, and what it says, for a test's message. */
  readonly source: string;
  /** Path from the checkout. */
  readonly file: string;
  /** Undefined for a link to a whole page. */
  readonly anchor?: string;
}

/** The links of a page of the checkout to other files of it, or to its own headings. */
export function linksOf(page: string): Link[] {
  const text = withoutCode(read(page));
  return [...text.matchAll(/\]\(([^()\s]+)\)/g)]
    .map(([, target]) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path, anchor] = target.split('#');
      const file = path ? normalize(join(dirname(page), path)) : page;
      return { source: `${page}: ${target}`, file, anchor };
    });
}

/** The anchors of a page: of its headings, as GitHub makes them, and those that it names itself. */
export function anchorsOf(page: string): Set<string> {
  const text = read(page);
  const anchors = new Set<string>();
  for (const [, heading] of withoutFences(text).matchAll(/^#+ +(.*?) *$/gm)) {
    const name = slug(heading);
    let anchor = name;
    for (let i = 1; anchors.has(anchor); i++) anchor = `${name}-${i}`;
    anchors.add(anchor);
  }
  for (const [, id] of text.matchAll(/<a id="([^"]+)">/g)) anchors.add(id);
  return anchors;
}

/**
 * The anchor of a heading: its text in lower case, without punctuation, with "-" for each space.
 *
 * @see https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#section-links
 */
export function slug(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replace(/ /g, '-');
}

function read(page: string): string {
  return readFileSync(join(CHECKOUT, page), 'utf8');
}

function withoutFences(text: string): string {
  return text.replace(/^ *```[^]*?^ *```$/gm, '');
}

/** What stands in code is no link. */
function withoutCode(text: string): string {
  return withoutFences(text).replace(/(`+)[^]*?\1/g, '');
}
