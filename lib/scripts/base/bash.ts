/**
 * Tags a template that is bash. All of it is taken as written, backslashes included, except for `\${` and the backslash
 * before a backtick, which TypeScript needs. Kubernetes expands `$$` and `$(NAME)` in a container's command: scripts
 * write `$BASHPID`, and never put into `$( )` a command whose name is also a variable of the container.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/
 */
export function bash(strings: TemplateStringsArray, ...values: (string | number)[]): string {
  const text = strings.raw.map((part) => part.replace(/\\(\$\{|`)/g, '$1'));
  return text.reduce((script, part, i) => script + values[i - 1] + part).replace(/^\n/, '');
}

/** Includes fragments in a script, a blank line between them. */
export function include(...fragments: string[]): string {
  return fragments.map((fragment) => fragment.trim()).join('\n\n');
}
