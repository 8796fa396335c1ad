import { Duration } from 'cdk8s';
import { Credentials, Grant, GrantObject, MySqlVersion, Password, UserProps } from '../../lib';
import { usersRules } from '../../lib/rules/users';
import { testRules } from '../support/rules';

const user: UserProps = { name: 'shop', password: Password.fromKey('shop-password') };
const users = (...props: Partial<UserProps>[]) => ({ users: props.map((given) => ({ ...user, ...given })) });
const grant = (...grants: Grant[]) => users({ grants });
const on = (object: GrantObject, ...privileges: string[]) =>
  grant(Grant.of(privileges.length ? privileges : ['SELECT'], object));

testRules(usersRules, [
  [
    'users and databases need attributes of accounts and a Secret',
    [
      [
        { ...users({}), version: MySqlVersion.of('8.0.20') },
        'users: MySQL 8.0.20 has no attributes of accounts. Use 8.0.21 or later, also for databases, or create them by hand',
      ],
      [
        { databases: ['shop'], credentials: Credentials.insecure() },
        'users: insecure credentials have no Secret with their passwords. Use Credentials.fromSecret(), also for databases',
      ],
    ],
    [{ ...users({}), version: MySqlVersion.of('8.0.21') }, { credentials: Credentials.insecure() }],
  ],
  [
    'databases have names of their own',
    [
      ...['mysql', 'SYS', 'replicated_mysql'].map((name): [object, string] => [
        { databases: [name] },
        `databases: "${name}" is a database of the server or of the cluster. Use one of the application`,
      ]),
      ...['', 'a\nb', 'shop ', 'x'.repeat(65), '🐬'].map((name): [object, string] => [
        { databases: [name] },
        `databases: ${JSON.stringify(name)} is not a name of a database. Use 1 to 64 characters without control characters`,
      ]),
    ],
    [{ databases: ['shop', "it's `quoted`", 'a_b%c', 'Zürich', 'x'.repeat(64)] }],
  ],
  [
    'databases differ',
    [[{ databases: ['a', 'b', 'a'] }, 'databases: "a" is there twice. Remove one']],
    [{ databases: ['a', 'A'] }],
  ],
  [
    'users have names of their own',
    ['', 'root', 'probe', 'mysql.sys', 'x'.repeat(33), 'a\nb'].map((name) => [
      users({ name }),
      `users[0].name: ${JSON.stringify(name)} is not a name for an account of an application. Use 1 to 32 characters, and none of root, replication, backup, probe and mysql.*`,
    ]),
    ['x'.repeat(32), "o'neill", 'mysql', 'Root', 'é'.repeat(32)].map((name) => users({ name })),
  ],
  [
    'users have passwords of their own',
    [
      [
        users({ password: Password.fromKey('a b') }),
        'users[0].password: "a b" is not a valid key of a Secret. Use at most 253 letters, digits, "-", "_" and "."',
      ],
      [
        {
          ...users({ password: Password.fromKey('admin') }),
          credentials: Credentials.fromSecret('a', { root: 'admin' }),
        },
        'users[0].password: the key admin is that of an account of the cluster. Use a key of its own',
      ],
    ],
    [users({}, { name: 'report' })],
  ],
  [
    'an old password is kept for whole seconds',
    [
      [
        users({ password: Password.fromKey('a', { keepOld: Duration.millis(1500) }) }),
        'users[].password.keepOld: 1.5 s is not a whole number of seconds. Use one, for example Duration.hours(1)',
      ],
    ],
    [users({ password: Password.fromKey('a', { keepOld: Duration.seconds(0) }) })],
  ],
  [
    'users have roles with names of their own',
    ['', 'root', 'mysql.sys', 'x'.repeat(33)].map((role) => [
      users({ roles: ['reporting', role] }),
      `users[0].roles: ${JSON.stringify(role)} is not a name of a role. Use 1 to 32 characters, and none of root, replication, backup, probe and mysql.*`,
    ]),
    [users({ roles: ["it's", 'a b'] })],
  ],
  [
    'users have hosts',
    [[], [''], ['a b'], ["'"], ['a@b'], ['%', 'x'.repeat(256)]].map((hosts) => [
      users({ hosts }),
      `users[0].hosts: ${JSON.stringify(hosts)} has no host that MySQL knows. Use for example "%", "10.%" or "10.0.0.0/255.0.0.0"`,
    ]),
    [['%', 'localhost'], ['10.0.0.0/255.0.0.0'], ['::1'], ['%.example.com']].map((hosts) => users({ hosts })),
  ],
  [
    'users have a number of connections',
    [0, 1.5, -1].map((maxConnections) => [
      users({ maxConnections }),
      `users[].maxConnections: ${maxConnections} is not a number of connections. Use a whole number, at least 1`,
    ]),
    [users({ maxConnections: 1 })],
  ],
  [
    'accounts differ',
    [
      [
        users({ hosts: ['a', 'B'] }, { hosts: ['b'] }),
        'users[1]: "shop" from b is there already, at users[0]. Put all of its grants into one',
      ],
    ],
    [users({ hosts: ['a'] }, { hosts: ['b'] }, { name: 'SHOP' })],
  ],
  [
    'grants have privileges',
    [[], ['select'], ['SELECT (a)'], ['GRANT OPTION'], ['ALL'], ['SELECT', '']].map((privileges) => [
      grant(Grant.of(privileges)),
      `users[0].grants[0]: ${JSON.stringify(privileges)} are not privileges that can be granted here. Use for example "SELECT", "INSERT" or "ALL PRIVILEGES"`,
    ]),
    [grant(Grant.of(['REPLICATION CLIENT', 'BACKUP_ADMIN', 'ALL PRIVILEGES']))],
  ],
  [
    'grants are on databases of applications',
    [
      [
        grant(Grant.readOnly('shop'), Grant.owner('mysql')),
        'users[0].grants[1]: "mysql" is a database of the server or of the cluster. Use one of the application',
      ],
      [
        grant(Grant.readWrite('sys')),
        'users[0].grants[0]: "sys" is a database of the server or of the cluster. Use one of the application',
      ],
      [
        on({ database: '' }),
        'users[0].grants[0]: "" is not a name of a database. Use 1 to 64 characters without control characters',
      ],
    ],
    [on({ database: 'performance_schema' }), on({ database: 'sys' }, 'SELECT', 'EXECUTE'), on({})],
  ],
  [
    'grants on a table name its database',
    [
      [
        on({ table: 'orders' }),
        'users[0].grants[0]: "orders" is not a table of a database. Use { database: "shop", table: "orders" }',
      ],
    ],
    [on({ database: 'shop', table: 'orders' })],
  ],
  [
    'no setting gives databases in grants another meaning',
    [
      [
        { ...users({}), settings: { replica: { 'loose-partial-revokes': 'ON' } } },
        'settings: partial_revokes gives the names of databases in grants another meaning. Leave it out, or the prop users',
      ],
    ],
    [{ settings: { all: { partial_revokes: 'ON' } } }, { ...users({}), settings: { all: { partial_revokes: 'OFF' } } }],
  ],
]);
