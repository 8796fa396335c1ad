import { Lazy } from 'cdk8s';
import { CloneMethod, MySqlVersion, ReplicatedMySqlProps, SettingsProps } from '../../lib';
import { settingsRules } from '../../lib/rules/settings';
import { testRules } from '../support/rules';

const settings = (all: SettingsProps['all']): ReplicatedMySqlProps => ({ settings: { all } });

testRules(settingsRules, [
  [
    'settings keep the CLONE plugin loaded',
    ['plugin-load', 'plugin_load', 'loose-plugin-load', 'loose_plugin_load'].map((option) => [
      { cloneMethod: CloneMethod.clonePlugin(), settings: { replica: { [option]: 'audit.so' } } },
      `settings.replica.${option}: "audit.so" unloads the CLONE plugin. Use plugin-load-add`,
    ]),
    [{ cloneMethod: CloneMethod.xtraBackup(), settings: { all: { 'plugin-load': 'audit.so' } } }],
  ],
  [
    'settings have the full names of what must be the same on every instance',
    ['innodb_page_siz', 'lower-case-table', 'loose_innodb_data_file'].map((option) => [
      settings({ [option]: '1' }),
      `settings.all.${option}: "1" is for an option that is written in another way. Use its full name: lower-case-table-names, innodb-page-size, innodb-data-file-path, innodb-undo-tablespaces, innodb-checksum-algorithm, character-set-server, collation-server, character-set-filesystem`,
    ]),
    ['innodb_page_size', 'loose-lower_case_table_names'].map((option) => settings({ [option]: '1' })),
  ],
  [
    'settings have options of components only with loose-',
    [
      [
        settings({ 'validate_password.policy': '1' }),
        'settings.all.validate_password.policy: "1" is for an option of a component, and no server starts with it before that is installed. Use loose-validate_password.policy',
      ],
    ],
    ['loose-validate_password.policy', 'loose_validate_password.policy'].map((option) => settings({ [option]: '1' })),
  ],
  [
    'settings have names of options',
    ['', '1st', 'max connections', 'a=b', '--user', 'Max_Connections', '[mysqld]'].map((option) => [
      settings({ [option]: '1' }),
      `settings.all: "${option}" is not the name of an option. Use one from the MySQL manual, for example max_connections`,
    ]),
    ['max_connections', 'max-connections'].map((option) => settings({ [option]: '1' })),
  ],
  [
    'settings do not change what the safety of the cluster depends on',
    [
      ...(
        [
          // durability
          'sync_binlog',
          'innodb-flush-log-at-trx-commit',
          'innodb_doublewrite',
          'relay-log-recovery',
          // identity and replication
          'server_id',
          'gtid_mode',
          'enforce-gtid-consistency',
          'log_bin',
          'log-replica-updates',
          'relay_log',
          'skip-replica-start',
          'replicate-do-db',
          'replica_skip_errors',
          'binlog_error_action',
          'binlogging_impossible_mode',
          'relay_log_purge',
          'replica_exec_mode',
          'slave-exec-mode',
          // who is the primary
          'read-only',
          'super_read_only',
          'transaction-read-only',
          // whether there is a server that peers and clients reach
          'offline_mode',
          'validate-config',
          // one data directory, moved by one rename
          'datadir',
          'innodb_data_home_dir',
          'innodb_log_group_home_dir',
          'innodb_undo_directory',
          // the doors
          'port',
          'socket',
          'skip-networking',
          'skip-grant-tables',
          // the certificates
          'auto_generate_certs',
          'ssl',
          'skip_ssl',
          'ssl_ca',
          'ssl-capath',
          'loose-ssl-cert',
          'ssl-key',
          // other ways to write them
          'loose-sync-binlog',
          'skip-log-bin',
          'disable_log_bin',
          'skip-super-read-only',
          'loose_skip_super_read_only',
          'maximum-sync-binlog',
          'enable-skip-networking',
          'enable-loose-sync-binlog',
          'loose-loose_maximum_sync_binlog',
          'skip-grant',
          'loose-skip-grant',
          'innodb-flush-log-at-trx',
          'gtid-m',
        ] as const
      ).map((option): [ReplicatedMySqlProps, string] => [
        settings({ [option]: '0' }),
        `settings.all.${option}: "0" would change an option that the cluster's safety depends on. Leave it out`,
      ]),
      [
        { settings: { replica: { super_read_only: 'OFF' } } },
        'settings.replica.super_read_only: "OFF" would change an option that the cluster\'s safety depends on. Leave it out',
      ],
      [
        { settings: { primary: { 'sync-binlog': '0' } } },
        'settings.primary.sync-binlog: "0" would change an option that the cluster\'s safety depends on. Leave it out',
      ],
    ],
    ['innodb_buffer_pool_size', 'binlog-expire-logs-seconds', 'replica_parallel_workers', 'relay-log-space-limit'].map(
      (option) => settings({ [option]: '1' }),
    ),
  ],
  [
    'settings that data directories or clones need are the same on every instance',
    [
      [
        { settings: { replica: { lower_case_table_names: '1' } } },
        'settings.replica.lower_case_table_names: "1" must be the same on every instance, because each takes clones of the others. Move it to settings.all',
      ],
      [
        { settings: { primary: { 'innodb-page-size': '32K' } } },
        'settings.primary.innodb-page-size: "32K" must be the same on every instance, because each takes clones of the others. Move it to settings.all',
      ],
    ],
    [settings({ lower_case_table_names: '1', 'innodb-page-size': '32K' })],
  ],
  [
    'settings leave replication and clones a version of TLS that is not broken',
    ['', 'TLSv1', 'TLSv1,TLSv1.1', 'TLSv1.21'].map((value) => [
      settings({ 'loose-tls_version': value }),
      `settings.all.loose-tls_version: "${value}" leaves no TLS for replication and clones. Use TLSv1.2,TLSv1.3 or one of the two`,
    ]),
    ['TLSv1.2', 'tlsv1.3', 'TLSv1.1,TLSv1.2'].map((value) => settings({ tls_version: value })),
  ],
  [
    'settings leave root its connections',
    ['1', ' 9 '].map((value) => [
      settings({ 'loose-max_user_connections': value }),
      `settings.all.loose-max_user_connections: "${value}" connections are too few for root, with whom several scripts of an instance log in. Use at least 10, or maxConnections of a user`,
    ]),
    ['0', '10', '500'].map((value) => settings({ max_user_connections: value })),
  ],
  [
    'settings have no innodb-flush-method that does not sync',
    ['nosync', 'NOSYNC', 'littlesync', 'LittleSync', '"nosync"', ' nosync', 'nos', 'l', '2', '3'].map((value) => [
      settings({ 'loose-innodb_flush_method': value }),
      `settings.all.loose-innodb_flush_method: "${value}" does not sync committed data. Use O_DIRECT or fsync`,
    ]),
    ['fsync', 'O_DIRECT', 'O_DIRECT_NO_FSYNC', '4'].map((value) => settings({ innodb_flush_method: value })),
  ],
  [
    'settings limit the age of binary logs with the option that the version uses',
    ['expire_logs_days', 'loose-expire-logs-days'].flatMap((option) =>
      [MySqlVersion.V8_0, MySqlVersion.V8_4].map((version): [ReplicatedMySqlProps, string] => [
        { version, settings: { all: { [option]: '3' } } },
        `settings.all.${option}: "3" has no effect, because every instance has binlog-expire-logs-seconds. Use that option instead`,
      ]),
    ),
    [
      { version: MySqlVersion.V5_7, settings: { all: { expire_logs_days: '3' } } },
      settings({ 'binlog-expire-logs-seconds': '3600' }),
    ],
  ],
  [
    'settings have each option once',
    [
      [
        settings({ max_connections: '1', 'max-connections': '2' }),
        'settings.all.max-connections: "2" is for the same option as max_connections. Leave out one of the two',
      ],
      [
        { settings: { primary: { x: '1', 'loose-x': '2' } } },
        'settings.primary.loose-x: "2" is for the same option as x. Leave out one of the two',
      ],
    ],
    [{ settings: { all: { max_connections: '1' }, replica: { 'max-connections': '2' } } }],
  ],
  [
    'settings have values that are strings',
    [
      [undefined, 'undefined'],
      [500, '500'],
      [true, 'true'],
      [null, 'null'],
      [Lazy.any({ produce: () => '500' }), '[object Object]'],
    ].map(([value, text]) => [
      settings({ max_connections: value as string }),
      `settings.all.max_connections: ${text} is not a string. Use one, for example "500"`,
    ]),
    [settings({ max_connections: '500' })],
  ],
  [
    'settings have no value that ends in a comment',
    ["SET NAMES 'utf8mb4' # ;", '#', '"a" # "b"', "'a' #'", '"a\\" #"" ', '\'a" #'].map((value) => [
      settings({ 'init-connect': value }),
      `settings.all.init-connect: "${value}" contains a #, which starts a comment. Put the value in quotes`,
    ]),
    [`"SET NAMES 'utf8mb4' # ;"`, "'a # b'", ' "a#b" ', '"a\\"#"', '"\\\\#"'].map((value) =>
      settings({ 'init-connect': value }),
    ),
  ],
  [
    'settings have values that every YAML parser reads alike',
    ['a\u2028b', 'a\u0085b', 'a\u007f'].map((value) => [
      { settings: { all: { 'init-connect': value } } },
      `settings.all.init-connect: ${JSON.stringify(value)} is not the same to every YAML parser. Use a text without tabs and control characters that is not =, << or an octal number`,
    ]),
    ['a\tb', '\ta', '=', '<<', '0o17'].map((value) => ({ settings: { all: { 'init-connect': value } } })),
  ],
  [
    'settings have values of one line',
    ['1\nsync-binlog=0', '1\r', 'a\0b'].map((value) => [
      { settings: { primary: { 'init-connect': value } } },
      `settings.primary.init-connect: ${JSON.stringify(value)} has more than one line. Use a value of one line`,
    ]),
    [settings({ 'init-connect': "SET NAMES 'utf8mb4' ;" }), settings({ 'slow-query-log': '' })],
  ],
]);
