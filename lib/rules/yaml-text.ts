import { Yaml } from 'cdk8s';

/** Parsers take these for the end of a line, or refuse them, wherever they stand; half of a surrogate pair as well. */
const NOWHERE = /[\u007f-\u009f\u2028\u2029]|[\ud800-\udfff]/u;

/** These are not texts, or no values at all, unless they are in quotes. cdk8s writes them without. */
const NOT_PLAIN = /\t|^=$|^<<$|^[-+]?0[oO][0-7]+$/;

/** Whether the parsers of Go (kubectl), Python and JavaScript read a text alike, as cdk8s writes it. */
export function isReadAlike(text: string): boolean {
  if (NOWHERE.test(text)) return false;
  if (!NOT_PLAIN.test(text)) return true; // nearly every text, which need not be written for that
  const written = Yaml.stringify({ text });
  const isPlain = written === `text: ${text}\n`;
  const isBlock = /^text: [|>]/.test(written);
  // The indentation of a block is that of its first line.
  return !isPlain && !(isBlock && /^\n*\t/.test(text));
}

/** A message for each text, in a text, list or object, that parsers of YAML read differently. */
export function misread(value: unknown, prop: string): string[] {
  if (typeof value === 'string') return isReadAlike(value) ? [] : [misreading(prop, value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [
    ...misread(key, prop),
    ...misread(child, Array.isArray(value) ? `${prop}[${key}]` : `${prop}.${key}`),
  ]);
}

/** The message for one text. */
export function misreading(prop: string, text: string): string {
  return `${prop}: ${JSON.stringify(text)} is not the same to every YAML parser. Use a text without tabs and control characters that is not =, << or an octal number`;
}
