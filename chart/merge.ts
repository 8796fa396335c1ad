import { diffArrays } from 'diff';

/** What a text becomes on a condition, which is a Go template expression. */
export interface Variant {
  readonly when: string;
  readonly text: readonly string[];
}

/** The lines from `start` to `end` of the base are others on a condition. */
interface Hunk {
  readonly when: string;
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/**
 * One template for a text and its variants. A line that several variants change is merged word by word. An element may
 * be a block of several lines, such as the result of another merge.
 *
 * @throws if two variants change the same words
 */
export function merge(base: readonly string[], variants: readonly Variant[]): string[] {
  return mergeBy(base, variants, blocks, (line, hunks) => [mergeWords(line, hunks)]);
}

function mergeWords(line: string, hunks: readonly Hunk[]): string {
  const words = (text: string) => text.split(/(?=[ ;])/);
  const variants = hunks.map(({ when, lines: [changed] }) => ({ when, text: words(changed) }));
  return mergeBy(words(line), variants, inline, (word, [one, other]) => {
    throw new Error(`both "${one.when}" and "${other.when}" change "${word}" in: ${line}`);
  }).join('');
}

/** How a conditional is written; `otherwise` is empty where there is nothing else. */
type Conditional = (when: string, then: readonly string[], otherwise: readonly string[]) => string[];

/** Elements are lines, so a directive has a line of its own. It trims only the end of the line before. */
const blocks: Conditional = (when, then, otherwise) =>
  then.length
    ? [
        [`{{- if ${when} }}`, ...then, ...(otherwise.length ? ['{{- else }}', ...otherwise] : []), '{{- end }}'].join(
          '\n',
        ),
      ]
    : blocks(not(when), otherwise, []);

const inline: Conditional = (when, then, otherwise) => [
  `{{ if ${when} }}${then.join('')}${otherwise.length ? '{{ else }}' + otherwise.join('') : ''}{{ end }}`,
];

function not(when: string): string {
  return when.startsWith('not ') ? when.slice(4) : `not (${when})`;
}

function mergeBy(
  base: readonly string[],
  variants: readonly Variant[],
  conditional: Conditional,
  both: (element: string, hunks: readonly Hunk[]) => string[],
): string[] {
  const hunks = apart(variants.flatMap((variant) => hunksOf(base, variant)));
  const merged: string[] = [];
  let line = 0;
  while (line <= base.length) {
    const inserted = hunks.filter(({ start, end }) => start === line && end === line);
    merged.push(...inserted.flatMap(({ when, lines }) => conditional(when, lines, [])));
    const [replaced, ...others] = hunks.filter(({ start, end }) => start === line && end > line);
    if (replaced === undefined) {
      merged.push(...base.slice(line, line + 1));
      line++;
      continue;
    }
    const { when, end, lines } = replaced;
    const old = base.slice(line, end);
    merged.push(...(others.length ? both(old[0], [replaced, ...others]) : conditional(when, lines, old)));
    line = end;
  }
  return merged;
}

function hunksOf(base: readonly string[], { when, text }: Variant): Hunk[] {
  const hunks: Hunk[] = [];
  let start = 0;
  let end = 0;
  let lines: string[] = [];
  const close = () => {
    if (end > start || lines.length) hunks.push({ when, start, end, lines });
  };
  for (const { value, added, removed } of diffArrays([...base], [...text])) {
    if (added) lines = value;
    else if (removed) end += value.length;
    else {
      close();
      start = end += value.length;
      lines = [];
    }
  }
  close();
  return hunks;
}

/** Takes apart what overlaps, line by line. @throws if it has another number of lines than the base */
function apart(hunks: readonly Hunk[]): Hunk[] {
  return hunks.flatMap((hunk) => {
    const { when, start, end, lines } = hunk;
    const other = hunks.find((other) => other !== hunk && overlap(hunk, other));
    if (other === undefined || start === end) return [hunk];
    if (end - start !== lines.length) throw new Error(`both "${when}" and "${other.when}" change: ${lines.join('\n')}`);
    return lines.map((line, i) => ({ when, start: start + i, end: start + i + 1, lines: [line] }));
  });
}

/** What one variant inserts before or after the lines that another changes does not overlap with them. */
function overlap(one: Hunk, other: Hunk): boolean {
  return one.start < other.end && other.start < one.end;
}
