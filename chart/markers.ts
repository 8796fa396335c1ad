import { Duration, Size } from 'cdk8s';

// A template expression takes the place of a prop that is a text. For a number, a marker does, which no other number
// resembles. `expressions` puts the expressions in their places once the YAML is written.

const FIRST = 7_000_000;
/** Room for what the library adds to a number. */
const STEP = 100;
const known: string[] = [];

/** A number that stands for a template expression. */
export function number(expression: string): number {
  if (!known.includes(expression)) known.push(expression);
  return FIRST + STEP * known.indexOf(expression);
}

/** A number that a value is. Helm reads it as a fraction, of which large ones are written with an exponent. */
export function whole(value: string): number {
  return number(`${value} | int64`);
}

/** A whole number of seconds. */
export function duration(value: string): Duration {
  return Duration.seconds(whole(value));
}

/** A size whose text stands in the YAML. */
export function size(value: string): Size {
  return Size.mebibytes(number(value));
}

/** A value, a key, or an element of a list that stands for all lines of a value, which the YAML has as it is. */
export function lines(value: string): string {
  return `lines of ${value}`;
}

/** A text of several lines. */
export function block(expression: string): string {
  return `block of ${expression}`;
}

/** YAML with its expressions in place. */
export function expressions(yaml: string): string {
  return yaml
    .replace(/^( *)'?"?lines of (.*?)'?"?: ""$/gm, (_, { length }: string, value: string) => passed(value, length))
    .replace(/^( *)- '?"?lines of (.*?)'?"?$/gm, (_, { length }: string, value: string) => passed(value, length))
    .replace(/^( *)(\S+): '?"?lines of (.*?)'?"?$/gm, (_, indent: string, key: string, value: string) =>
      passed(value, indent.length + 2, `${indent}${key}:\n`),
    )
    .replace(/^( *)(\S+): '?"?block of (.*?)'?"?$/gm, (_, indent: string, key: string, expression: string) =>
      [`${indent}${key}: |`, `{{- ${expression} | nindent ${indent.length + 2} }}`].join('\n'),
    )
    .replace(/(?<!\d)70\d{5}(Mi)?(?!\d)/g, (marker) => `{{ ${expressionOf(parseInt(marker))} }}`);
}

function passed(value: string, indent: number, before = ''): string {
  return [`{{- with ${value} }}`, `${before}{{- toYaml . | nindent ${indent} }}`, '{{- end }}'].join('\n');
}

function expressionOf(marker: number): string {
  const added = marker % STEP;
  const expression = known[(marker - added - FIRST) / STEP];
  return added ? `add (${expression}) ${added}` : expression;
}
