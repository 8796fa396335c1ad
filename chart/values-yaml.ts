import { stringify } from 'yaml';
import { comment, Value, Values, VALUES } from './values';

const HEAD = `# The names are those of the props of the construct. Lengths of time are seconds, and sizes are such as 10Gi.
# null stands for the default that the comment names.`;

/** values.yaml, with the documentation of the props as comments. */
export function valuesYaml(): string {
  return `${[HEAD, ...valuesIn(VALUES)].join('\n\n')}\n`;
}

function valuesIn(values: Values): string[] {
  return Object.entries(values).map(([name, value]) => {
    const items = value.items ? `# Each has:\n${itemsOf(value.items, '# ')}` : '';
    return `${wrapped(comment(value))}${items}${name}:${content(value)}`;
  });
}

/** What elements of a list have, as a list in a comment. */
function itemsOf(items: Values, margin: string): string {
  return Object.entries(items)
    .map(([name, value]) => {
      const otherwise =
        value.default === undefined || value.default === null ? '' : `By default: ${JSON.stringify(value.default)}.`;
      const text = [`- ${name}:`, comment(value), otherwise].filter(Boolean).join(' ');
      return wrapped(text, margin, '  ') + itemsOf(value.items ?? value.values ?? {}, `${margin}  `);
    })
    .join('');
}

function content({ values, default: initial }: Value): string {
  if (values) return `\n${indented(valuesIn(values).join('\n'))}`;
  const text = stringify(initial).trimEnd();
  return text.includes(':') || text.startsWith('-') ? `\n${indented(text)}` : ` ${text}`;
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

/** @param hanging what lines after the first one begin with */
function wrapped(comment: string, margin = '# ', hanging = ''): string {
  return comment.replace(/(.{1,100})(?: |$)/g, (_, line, at) => `${margin}${at ? hanging : ''}${line}\n`);
}
