import { OPTIONS_OF_ALL, RESERVED_OPTIONS } from '../lib/rules/settings';

/** Templates with patterns of the options that rules on settings are about, for names with `-` instead of `_`. */
export function optionPatterns(): string {
  const patterns = {
    reserved: pattern(RESERVED_OPTIONS),
    'of-all': pattern(OPTIONS_OF_ALL),
    'of-all-names': OPTIONS_OF_ALL.join(' '),
    expiry: pattern(['expire-logs-days']),
    'plugin-load': pattern(['plugin-load']),
    'tls-version': pattern(['tls-version']),
    'require-tls': pattern(['require-secure-transport']),
    'max-user-connections': pattern(['max-user-connections']),
    'flush-method': pattern(['innodb-flush-method']),
  };
  return Object.entries(patterns)
    .map(([name, text]) => `{{- define "replicated-mysql.options.${name}" }}${text}{{ end }}\n`)
    .join('');
}

/** The server also accepts prefixes of names of at least five characters, and names with some other words before them. */
function pattern(names: readonly string[]): string {
  return `^((skip|disable|enable|maximum|loose)-)*(${names.map(abbreviated).join('|')})$`;
}

function abbreviated(name: string): string {
  const rest = [...name.slice(5)].reduceRight((inner, character) => `(${character}${inner})?`, '');
  return name.slice(0, 5) + rest;
}
