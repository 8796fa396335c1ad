import { stringify } from 'yaml';
import { comment, Value, Values, VALUES } from './values';

const HEAD = `# The names are those of the props of the construct. Lengths of time are seconds, and sizes are such as 10Gi.
# null stands for the default that the comment names.`;

/** values.yaml, with the documentation of the props as comments. */
export function valuesYaml(): string {
  return `${[HEAD, ...valuesIn(VALUES)].join('\n\n')}\n`;
}

function valuesIn(values: Values): string[] {
  return Object.entries(values).map(([name, value]) => `${wrapped(comment(value))}${name}:${content(value)}`);
}

function content({ values, default: initial }: Value): string {
  if (values) return `\n${indented(valuesIn(values).join('\n'))}`;
  const text = stringify(initial).trimEnd();
  return text.includes(':') || text.startsWith('-') ? `\n${indented(text)}` : ` ${text}`;
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

function wrapped(comment: string): string {
  return comment.replace(/(.{1,100})(?: |$)/g, '# $1\n');
}
