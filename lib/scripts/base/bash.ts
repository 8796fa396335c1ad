/**
 * Tags a template that is bash. Everything in it is taken as written (backslashes too), but for `\${` and
 * the backslash before a backtick, which TypeScript needs. In a container's command Kubernetes turns `$$` into `$` and
 * `$(NAME)` into the value of a variable of the container: scripts say `$BASHPID`, and call no command as a variable.
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/
 */
export function bash(strings: TemplateStringsArray, ...values: (string | number)[]): string {
  const text = strings.raw.map((part) => part.replace(/\\(\$\{|`)/g, '$1'));
  return text.reduce((script, part, i) => script + values[i - 1] + part).replace(/^\n/, '');
}
