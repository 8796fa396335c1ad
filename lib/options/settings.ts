/**
 * Options of the group `[mysqld]` in my.cnf, and their values. `''` is an empty value, which a boolean option reads as
 * OFF: write `ON` or `OFF`. Put a value that contains a `#` in quotes.
 *
 * @example
 * new ReplicatedMySql(chart, 'mysql', {
 *   settings: {
 *     all: { innodb_buffer_pool_size: '6G', max_connections: '500' },
 *     replica: { replica_parallel_workers: '8' },
 *   },
 * });
 */
export interface SettingsProps {
  /**
   * Options of every instance.
   * @default - none
   */
  readonly all?: { readonly [option: string]: string };

  /**
   * Options of the primary. They override those of every instance.
   * @default - none
   */
  readonly primary?: { readonly [option: string]: string };

  /**
   * Options of the replicas. They override those of every instance.
   * @default - none
   */
  readonly replica?: { readonly [option: string]: string };
}

/**
 * The options that are part of a data directory, or that decide what a server accepts in one. So all instances have the
 * same ones, and a server that is thrown away has no other setting.
 */
export const OF_DATA_DIRECTORIES = [
  'lower-case-table-names',
  'innodb-page-size',
  'innodb-data-file-path',
  'innodb-undo-tablespaces',
  'innodb-checksum-algorithm',
];

/** The options that CLONE compares, besides: a recipient must have the values of its donor. */
export const COMPARED_BY_CLONES = ['character-set-server', 'collation-server', 'character-set-filesystem'];
