import { k8s } from 'cdk8s-plus-28';
import { Cluster } from '../cluster';
import { GrantObject, UserProps } from '../options/users';
import { seconds } from '../quantities';
import { Contribution } from './contribution';
import { mount } from './volumes';

/**
 * `users`: mounts the Secret as a whole, in the sidecar alone. A key or a user that comes later then reaches running
 * pods, which items of the Secret would restart.
 */
export function users({ credentials: { _insecure, secretName }, version: { _facts } }: Cluster): Contribution {
  if (_insecure || !_facts.hasUserAttributes) return {};
  const secret: k8s.SecretVolumeSource = { secretName, optional: true, defaultMode: 0o440 };
  return {
    volumes: [{ name: 'secret', secret }],
    mounts: { xtrabackup: [mount('secret', '/mnt/secret', true)] },
    sidecar: { keepsUsers: true },
  };
}

/** The texts that the sidecar reads from the ConfigMap, line by line. Nothing in them needs to be evaluated. */
export function usersText({ users, databases }: Cluster): Record<string, string> {
  return {
    ...(databases.length ? { databases: databases.map((name) => `${identifier(name)}\n`).join('') } : {}),
    ...(users.length ? { users: users.flatMap(accounts).join('\n') } : {}),
  };
}

function accounts({ name, password, grants, roles, hosts, ...options }: Cluster['users'][number]): string[] {
  return hosts.map((host) =>
    [
      `account ${text(name)}@${text(host.toLowerCase())}`,
      `password ${password.key} ${seconds(password._keepOld)}`,
      `options ${optionsOf(options)}`,
      ...grants.map(({ _privileges, _on }) => `grant ${_privileges.join(', ')} ON ${object(_on)}`),
      ...roles.map((role) => `role ${text(role)}@'%'`),
      '',
    ].join('\n'),
  );
}

type Options = Pick<UserProps, 'requireTls' | 'requireX509' | 'maxConnections'>;

function optionsOf({ requireTls, requireX509, maxConnections = 0 }: Options): string {
  const require = requireX509 ? 'X509' : requireTls ? 'SSL' : 'NONE';
  return `REQUIRE ${require} WITH MAX_USER_CONNECTIONS ${maxConnections}`;
}

/** In the grant of a whole database, its name is a pattern. */
function object({ database, table }: GrantObject): string {
  if (database === undefined) return '*.*';
  if (table === undefined) return `${identifier(database.replace(/[\\_%]/g, '\\$&'))}.*`;
  return `${identifier(database)}.${identifier(table)}`;
}

const identifier = (name: string) => `\`${name.replaceAll('`', '``')}\``;

/** As QUOTE() of the server writes it. */
const text = (value: string) => `'${value.replace(/['\\]/g, '\\$&')}'`;
