import { posix } from 'path';
import { k8s } from 'cdk8s-plus-28';
import { Cluster } from '../cluster';
import { CLONE_PORT, MYSQL_PORT, PEER_PORT, READY_PORT } from '../names';
import { distinct, forEach, rule, Rule } from './rule';
import { isDnsLabel } from './syntax';

/** What the pods have, or may have with other props. */
export const RESERVED = {
  containers: ['init-mysql', 'clone-mysql', 'mysql', 'xtrabackup'],
  volumes: [
    'data',
    'conf',
    'config-map',
    'run',
    'tmp',
    'credentials',
    'delivered',
    'secret',
    'tls',
    'tls-secret',
    'temporary',
    'api',
  ],
  /** The last two are the server's for the X protocol and for administration, which settings open. */
  ports: [MYSQL_PORT, PEER_PORT, CLONE_PORT, READY_PORT, 33_060, 33_062],
  /** Places of the container `mysql`; the last one is the server's first option file. */
  paths: [
    '/var/lib/mysql',
    '/etc/mysql',
    '/var/run/mysqld',
    '/run/mysqld',
    '/tmp',
    '/mnt/temporary',
    '/mnt/credentials',
    '/mnt/tls',
    '/etc/my.cnf',
  ],
  /** What bash and the programs of the scripts heed, besides `MYSQL_*`, `BASH*` and `LC_*`. */
  env: ['HOSTNAME', 'PATH', 'HOME', 'IFS', 'ENV', 'SHELLOPTS', 'POSIXLY_CORRECT', 'TMPDIR', 'LANG', 'LANGUAGE'],
};

/** Rules on `extras`. */
export const extrasRules: readonly Rule<Cluster>[] = [
  ...forEach(
    containersOf,
    rule<k8s.Container>(
      'extras.*',
      'has only containers whose names are DNS labels, and not those of the library',
      ({ name }) => isDnsLabel(name) && !RESERVED.containers.includes(name),
      ({ name }) =>
        isDnsLabel(name)
          ? `extras: a container "${name}" is the library's. Use another one`
          : `extras: ${JSON.stringify(name)} is not a name of a container. Use at most 63 lower-case letters, digits and "-"`,
    ),
  ),
  distinct(
    'extras.*',
    'has a different name for each container',
    containersOf,
    ({ name }) => name,
    ({ name }) => `extras: "${name}" is the name of two containers. Use another one for one of them`,
  ),
  ...forEach(
    portsOf,
    rule<Port>(
      'extras.containers',
      `has no port of the library and of the server: ${RESERVED.ports.join(', ')}`,
      ({ port }) => !RESERVED.ports.includes(port),
      ({ container, port }) =>
        `extras.containers: port ${port} of ${container} is the library's or the server's, and all containers of a pod share their ports. Use another one`,
    ),
  ),
  distinct(
    'extras.containers',
    'has each port once',
    portsOf,
    ({ port, protocol }) => `${port} ${protocol}`,
    ({ container, port }, first) =>
      `extras.containers: port ${port} of ${container} is also that of ${first.container}. Use another one`,
  ),
  ...forEach(
    ({ extras: { volumes = [] } }: Cluster) => volumes,
    rule<k8s.Volume>(
      'extras.volumes',
      'has only names that are DNS labels, and not those of the library',
      ({ name }) => isDnsLabel(name) && !RESERVED.volumes.includes(name),
      ({ name }) =>
        isDnsLabel(name)
          ? `extras.volumes: "${name}" is a volume of the library. Use another one`
          : `extras.volumes: ${JSON.stringify(name)} is not a name of a volume. Use at most 63 lower-case letters, digits and "-"`,
    ),
  ),
  distinct(
    'extras.volumes',
    'has a different name for each volume',
    ({ extras: { volumes = [] } }: Cluster) => volumes,
    ({ name }) => name,
    ({ name }) => `extras.volumes: "${name}" is the name of two volumes. Use another one for one of them`,
  ),
  ...forEach(
    mountsOf,
    rule<Mount>(
      'extras.*',
      'mounts only `extras.volumes`, and of the library only `data` and `run`, and these read-only',
      ({ name, readOnly, volumes }) => volumes.includes(name) || (READABLE.includes(name) && readOnly === true),
      ({ container, name }) =>
        READABLE.includes(name)
          ? `extras: ${container} mounts the volume "${name}" of the library for writing, which would break what its scripts rely on. Set readOnly: true`
          : `extras: ${container} mounts "${name}", which is none of extras.volumes. Define it there`,
    ),
  ),
  ...forEach(
    ({ extras: { volumeMounts = [] } }: Cluster) => volumeMounts,
    rule<k8s.VolumeMount>(
      'extras.volumeMounts',
      `has only absolute paths that are neither above, at nor below ${RESERVED.paths.map((path) => `\`${path}\``).join(', ')}`,
      ({ mountPath }) => mountPath.startsWith('/') && !RESERVED.paths.some((path) => overlap(path, normal(mountPath))),
      ({ mountPath }) =>
        `extras.volumeMounts: ${JSON.stringify(mountPath)} is not a free path: the library needs ${RESERVED.paths.join(', ')}, what is above them and what is below. Use another absolute path`,
    ),
  ),
  distinct(
    'extras.volumeMounts',
    'has each path once',
    ({ extras: { volumeMounts = [] } }: Cluster) => volumeMounts,
    ({ mountPath }) => normal(mountPath),
    ({ mountPath }) => `extras.volumeMounts: "${mountPath}" is the path of two mounts. Use another one for one of them`,
  ),
  ...forEach(
    ({ extras: { env = [] } }: Cluster) => env,
    rule<k8s.EnvVar>(
      // Kubernetes replaces $(NAME) in scripts, where functions have lower-case names.
      'extras.env',
      'has only names of upper-case letters, digits and `_`, and none that bash or a client of MySQL heeds',
      ({ name }) => /^[A-Z_][A-Z0-9_]*$/.test(name) && !RESERVED.env.includes(name) && !/^(MYSQL_|BASH|LC_)/.test(name),
      ({ name }) =>
        `extras.env: ${JSON.stringify(name)} would change what scripts do, or nothing. Use a name of upper-case letters, digits and "_" other than ${RESERVED.env.join(', ')}, MYSQL_*, BASH* and LC_*, and settings for options of the server`,
    ),
  ),
  distinct(
    'extras.env',
    'has each name once',
    ({ extras: { env = [] } }: Cluster) => env,
    ({ name }) => name,
    ({ name }) => `extras.env: "${name}" is the name of two variables. Leave one of them out`,
  ),
];

/** Volumes of the library that others may read: the data, and the socket of the server. */
export const READABLE = ['data', 'run'];

interface Port {
  readonly container: string;
  readonly port: number;
  readonly protocol: string;
}

interface Mount extends k8s.VolumeMount {
  readonly container: string;
  /** The names of the volumes that the user defines. */
  readonly volumes: readonly string[];
}

function containersOf({ extras: { initContainers = [], containers = [] } }: Cluster): k8s.Container[] {
  return [...initContainers, ...containers];
}

/** Init containers run before the others, but one that is restarted always runs next to them. */
function portsOf(cluster: Cluster): Port[] {
  return containersOf(cluster).flatMap(({ name, ports = [] }) =>
    ports.map(({ containerPort, protocol = 'TCP' }) => ({ container: name, port: containerPort, protocol })),
  );
}

function mountsOf(cluster: Cluster): Mount[] {
  const { volumes = [], volumeMounts = [] } = cluster.extras;
  return [...containersOf(cluster), { name: 'mysql', volumeMounts }].flatMap((container) =>
    (container.volumeMounts ?? []).map((mount) => ({
      ...mount,
      container: container.name,
      volumes: volumes.map(({ name }) => name),
    })),
  );
}

const overlap = (one: string, other: string) => `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);

/** A path without what changes nothing in it, and without a slash at its end: the root is empty. */
const normal = (path: string) => posix.normalize(path).replace(/\/$/, '');
