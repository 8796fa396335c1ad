import { Cluster } from '../cluster';
import { ACCOUNTS } from '../options/credentials';
import { Grant } from '../options/users';
import { wholeNumber, wholeSeconds } from './numbers';
import { At, distinct, forEach, rule, Rule } from './rule';
import { isOneOf, settingsOf } from './settings';
import { isSecretKey } from './syntax';

/** Databases of the server and of the cluster; the first two may be read. */
export const READABLE = ['performance_schema', 'sys'];
export const RESERVED = [...READABLE, 'mysql', 'information_schema', 'replicated_mysql'];

type User = At<Cluster['users'][number]> & {
  /** The keys of the cluster's own accounts. */
  readonly taken: readonly string[];
};

/** Rules on `databases` and `users`. */
export const usersRules: readonly Rule<Cluster>[] = [
  rule(
    'users',
    'needs MySQL 8.0.21 or later, whose accounts have attributes, and a Secret; so does `databases`',
    ({ users, databases, version, credentials }) =>
      !(users.length + databases.length) || (version._facts.hasUserAttributes && !credentials._insecure),
    ({ version, credentials }) =>
      credentials._insecure
        ? 'users: insecure credentials have no Secret with their passwords. Use Credentials.fromSecret(), also for databases'
        : `users: MySQL ${version.tag} has no attributes of accounts. Use 8.0.21 or later, also for databases, or create them by hand`,
  ),
  ...forEach(
    ({ databases }: Cluster) => databases,
    rule<string>(
      'databases',
      'has names of databases: at most 64 characters, no control characters, none of the server and none of the cluster',
      (name) => isIdentifier(name) && !isReserved(name),
      (name) => `databases: ${JSON.stringify(name)} ${whyNot(name)}`,
    ),
  ),
  distinct(
    'databases',
    'has different names',
    ({ databases }) => databases,
    (name) => name,
    (name) => `databases: ${JSON.stringify(name)} is there twice. Remove one`,
  ),
  ...forEach<Cluster, User>(
    usersOf,
    rule(
      'users[].name',
      'is at most 32 characters without control characters, and not root, replication, backup, probe or one that begins with mysql.',
      ({ name }) => isAccountName(name),
      ({ prop, name }) =>
        `${prop}.name: ${JSON.stringify(name)} is not a name for an account of an application. Use 1 to 32 characters, and none of ${ACCOUNTS.join(', ')} and mysql.*`,
    ),
    rule(
      'users[].password',
      'has a key of the Secret, and not that of an account of the cluster',
      ({ password: { key }, taken }) => isSecretKey(key) && !taken.includes(key),
      ({ prop, password: { key }, taken }) =>
        taken.includes(key)
          ? `${prop}.password: the key ${key} is that of an account of the cluster. Use a key of its own`
          : `${prop}.password: ${JSON.stringify(key)} is not a valid key of a Secret. Use at most 253 letters, digits, "-", "_" and "."`,
    ),
    wholeSeconds('users[].password.keepOld', 0, 'Duration.hours(1)', ({ password }) => password._options.keepOld),
    rule(
      'users[].hosts',
      'has addresses, networks, names or patterns of them',
      ({ hosts }) => hosts.length > 0 && hosts.every((host) => /^[-A-Za-z0-9._%:/]{1,255}$/.test(host)),
      ({ prop, hosts }) =>
        `${prop}.hosts: ${JSON.stringify(hosts)} has no host that MySQL knows. Use for example "%", "10.%" or "10.0.0.0/255.0.0.0"`,
    ),
    rule(
      'users[].roles',
      'has names of roles: at most 32 characters without control characters, and none of the server and none of the cluster',
      ({ roles }) => roles.every(isAccountName),
      ({ prop, roles }) =>
        `${prop}.roles: ${JSON.stringify(roles.find((role) => !isAccountName(role)))} is not a name of a role. Use 1 to 32 characters, and none of ${ACCOUNTS.join(', ')} and mysql.*`,
    ),
    wholeNumber('users[].maxConnections', 1, 'a number of connections', ({ maxConnections }) => maxConnections),
  ),
  distinct<Cluster, User>(
    'users',
    'has accounts that differ in name or host',
    (cluster) => usersOf(cluster).flatMap((user) => user.hosts.map((host) => ({ ...user, hosts: [host] }))),
    ({ name, hosts: [host] }) => `${name}@${host.toLowerCase()}`,
    ({ prop, name, hosts: [host] }, first) =>
      `${prop}: ${JSON.stringify(name)} from ${host} is there already, at ${first.prop}. Put all of its grants into one`,
  ),
  ...forEach<Cluster, At<{ readonly grant: Grant }>>(
    grantsOf,
    rule(
      'users[].grants[]',
      'has privileges in capital letters, such as `SELECT` or `REPLICATION CLIENT`, without columns and `GRANT OPTION`',
      ({ grant: { _privileges } }) =>
        _privileges.length > 0 &&
        _privileges.every((name) => /^[A-Z][A-Z_]*( [A-Z]+)*$/.test(name) && !NO_PRIVILEGES.includes(name)),
      ({ prop, grant: { _privileges } }) =>
        `${prop}: ${JSON.stringify(_privileges)} are not privileges that can be granted here. Use for example "SELECT", "INSERT" or "ALL PRIVILEGES"`,
    ),
    rule(
      'users[].grants[]',
      'has a database of the application: none of the server and none of the cluster. `performance_schema` and `sys` may be read',
      ({
        grant: {
          _privileges,
          _on: { database },
        },
      }) =>
        database === undefined ||
        (isIdentifier(database) && (!isReserved(database) || mayBeRead(database, _privileges))),
      ({
        prop,
        grant: {
          _on: { database = '' },
        },
      }) => `${prop}: ${JSON.stringify(database)} ${whyNot(database)}`,
    ),
    rule(
      'users[].grants[]',
      'has a table only together with its database',
      ({
        grant: {
          _on: { database, table },
        },
      }) => table === undefined || (database !== undefined && isIdentifier(table)),
      ({
        prop,
        grant: {
          _on: { table },
        },
      }) => `${prop}: ${JSON.stringify(table)} is not a table of a database. Use { database: "shop", table: "orders" }`,
    ),
  ),
  rule(
    'settings',
    'leaves `partial_revokes` off where there are `users`: their grants on a database would mean another one',
    (cluster) =>
      !cluster.users.length ||
      !settingsOf(cluster).some(
        ({ option, value }) => isOneOf(['partial-revokes'], option) && !/^(0|off|false)$/i.test(String(value)),
      ),
    () =>
      'settings: partial_revokes gives the names of databases in grants another meaning. Leave it out, or the prop users',
  ),
];

export const NO_PRIVILEGES = ['GRANT OPTION', 'USAGE', 'ALL', 'PROXY'];

function usersOf({ users, credentials }: Cluster): User[] {
  const taken = Object.values(credentials._keys);
  return users.map((user, i) => ({ ...user, prop: `users[${i}]`, taken }));
}

function grantsOf(cluster: Cluster): At<{ readonly grant: Grant }>[] {
  return usersOf(cluster).flatMap(({ prop, grants }) =>
    grants.map((grant, i) => ({ grant, prop: `${prop}.grants[${i}]` })),
  );
}

function isText(text: string, most: number): boolean {
  return text.length > 0 && [...text].length <= most && !/\p{Cc}/u.test(text);
}

/** Whether an application may have an account or a role of this name. */
function isAccountName(name: string): boolean {
  return isText(name, 32) && !(ACCOUNTS as readonly string[]).includes(name) && !name.startsWith('mysql.');
}

/** Whether MySQL accepts a name in backticks. */
function isIdentifier(name: string): boolean {
  return isText(name, 64) && !name.endsWith(' ') && !/[\u{10000}-\u{10ffff}]/u.test(name);
}

const isReserved = (database: string) => RESERVED.includes(database.toLowerCase());

function mayBeRead(database: string, privileges: readonly string[]): boolean {
  return READABLE.includes(database.toLowerCase()) && privileges.every((name) => ['SELECT', 'EXECUTE'].includes(name));
}

function whyNot(database: string): string {
  return isReserved(database)
    ? 'is a database of the server or of the cluster. Use one of the application'
    : 'is not a name of a database. Use 1 to 64 characters without control characters';
}
