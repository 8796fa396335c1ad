/** An option of the server, and a value for it that is not its default where one can be told. */
export interface Candidate {
  readonly option: string;
  readonly value: string;
}

/** Values that are neither a default, nor a default turned round or doubled. */
const VALUES: Readonly<Record<string, string>> = {
  'character-set-filesystem': 'utf8mb4',
  'character-set-server': 'latin1',
  'collation-server': 'utf8mb4_bin',
  'completion-type': 'CHAIN',
  'default-storage-engine': 'MEMORY',
  'default-time-zone': 'Europe/Berlin',
  'early-plugin-load': 'semisync_replica.so',
  'init-connect': 'SET @a = 1',
  'innodb-data-file-path': 'ibdata1:24M:autoextend',
  'innodb-flush-method': 'fsync',
  'innodb-page-size': '8K',
  'innodb-redo-log-capacity': '2G',
  'lc-messages': 'de_DE',
  'lc-time-names': 'de_DE',
  'log-output': 'TABLE',
  'lower-case-table-names': '1',
  'mandatory-roles': 'nobody',
  'plugin-load-add': 'semisync_source.so',
  'sql-mode': 'ANSI,NO_BACKSLASH_ESCAPES,PAD_CHAR_TO_FULL_LENGTH',
  'transaction-isolation': 'SERIALIZABLE',
};

/** The options in the output of `mysqld --verbose --help`: those with a value to try, and the names of the others. */
export function candidatesOf(help: string): { candidates: Candidate[]; untried: string[] } {
  const table = help.slice(help.indexOf('Variables (--variable-name=value)'));
  const rows = table
    .slice(table.search(/^-{20,} -+$/m))
    .split('\n')
    .slice(1);
  const options = rows.slice(0, rows.indexOf('')).map((row) => {
    const [option] = row.split(' ', 1);
    return { option, value: VALUES[option] ?? another(row.slice(option.length).trim()) };
  });
  return {
    candidates: options.filter((row): row is Candidate => row.value !== undefined),
    untried: options.filter(({ value }) => value === undefined).map(({ option }) => option),
  };
}

/** A value that is not the default, or the default itself where that is a text; undefined where there is none. */
function another(byDefault: string): string | undefined {
  if (byDefault === '' || byDefault === '(No default value)') return undefined;
  if (byDefault === 'TRUE') return 'OFF';
  if (byDefault === 'FALSE') return 'ON';
  return /^\d+$/.test(byDefault) ? String(anotherNumber(BigInt(byDefault))) : byDefault;
}

/** The double, or the half of a number that may be a maximum. */
function anotherNumber(byDefault: bigint): bigint {
  if (byDefault === 0n) return 1n;
  return byDefault < 1n << 30n ? 2n * byDefault : byDefault / 2n;
}
