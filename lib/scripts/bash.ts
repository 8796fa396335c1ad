/**
 * Tags a template that is bash. Everything in it is taken as written (backslashes too), but for `\${` and
 * the backslash before a backtick, which TypeScript needs.
 */
export function bash(strings: TemplateStringsArray, ...values: (string | number)[]): string {
  const text = strings.raw.map((part) => part.replace(/\\(\$\{|`)/g, '$1'));
  return text.reduce((script, part, i) => script + values[i - 1] + part).replace(/^\n/, '');
}
