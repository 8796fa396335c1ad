import { stringify } from 'yaml';
import { propComments } from './comments';
import { Value, Values, VALUES } from './values';

/** values.yaml, with the documentation of the props as comments. */
export function valuesYaml(): string {
  return `# The names are those of the props; lengths of time are seconds, and null stands for what the comment says.\n\n${valuesIn(VALUES, propComments()).join('\n\n')}\n`;
}

function valuesIn(values: Values, comments: ReadonlyMap<string, string>): string[] {
  return Object.entries(values).map(([name, value]) => {
    const comment = [value.prop && comments.get(value.prop), value.note].filter(Boolean).join(' ');
    return `${wrapped(comment)}${name}:${content(value, comments)}`;
  });
}

function content({ values, default: initial }: Value, comments: ReadonlyMap<string, string>): string {
  if (values) return `\n${indented(valuesIn(values, comments).join('\n'))}`;
  const text = stringify(initial).trimEnd();
  return text.includes(':') || text.startsWith('-') ? `\n${indented(text)}` : ` ${text}`;
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

function wrapped(comment: string): string {
  return comment.replace(/(.{1,100})(?: |$)/g, '# $1\n');
}
