import { Size } from 'cdk8s';
import { CloneMethod, Credentials, ExtrasProps, Reads, ReplicatedMySqlProps, TemporaryFiles } from '../../lib';
import { extrasRules, RESERVED } from '../../lib/rules/extras';
import { synth, Yaml } from '../support/manifests';
import { RuleCase, testRules } from '../support/rules';

const image = 'example.com/image:1';
const cache = { name: 'cache', emptyDir: {} };
const extras = (...of: ExtrasProps[]): ReplicatedMySqlProps[] => of.map((extras) => ({ extras }));
const refused = (message: string, ...of: ExtrasProps[]): RuleCase[1] =>
  extras(...of).map((props) => [props, `extras${message}`]);

testRules(extrasRules, [
  [
    'extras.containers and extras.initContainers have names of their own',
    [
      ...RESERVED.containers.flatMap((name) =>
        refused(
          `: a container "${name}" is the library's. Use another one`,
          { containers: [{ name, image }] },
          { initContainers: [{ name, image }] },
        ),
      ),
      ...refused(': "A_b" is not a name of a container. Use at most 63 lower-case letters, digits and "-"', {
        containers: [{ name: 'A_b', image }],
      }),
      ...refused(': "a" is the name of two containers. Use another one for one of them', {
        initContainers: [{ name: 'a', image }],
        containers: [{ name: 'a', image }],
      }),
    ],
    extras({ containers: [{ name: 'a', image }], initContainers: [{ name: 'b', image }] }),
  ],
  [
    'extras.containers have ports of their own',
    [
      ...RESERVED.ports.flatMap((containerPort) =>
        refused(
          `.containers: port ${containerPort} of a is the library's or the server's, and all containers of a pod share their ports. Use another one`,
          { containers: [{ name: 'a', image, ports: [{ containerPort }] }] },
        ),
      ),
      ...refused('.containers: port 80 of b is also that of a. Use another one', {
        containers: ['a', 'b'].map((name) => ({ name, image, ports: [{ containerPort: 80 }] })),
      }),
    ],
    extras({
      containers: [
        { name: 'a', image, ports: [{ containerPort: 53 }, { containerPort: 53, protocol: 'UDP' }] },
        { name: 'b', image, ports: [{ containerPort: 9104 }] },
      ],
    }),
  ],
  [
    'extras.volumes have names of their own',
    [
      ...RESERVED.volumes.flatMap((name) =>
        refused(`.volumes: "${name}" is a volume of the library. Use another one`, { volumes: [{ ...cache, name }] }),
      ),
      ...refused('.volumes: "a.b" is not a name of a volume. Use at most 63 lower-case letters, digits and "-"', {
        volumes: [{ ...cache, name: 'a.b' }],
      }),
      ...refused('.volumes: "cache" is the name of two volumes. Use another one for one of them', {
        volumes: [cache, cache],
      }),
    ],
    extras({ volumes: [cache] }),
  ],
  [
    'extras mount volumes of their own, and read data and the socket',
    [
      ...refused(': mysql mounts "cache", which is none of extras.volumes. Define it there', {
        volumeMounts: [{ name: 'cache', mountPath: '/cache' }],
      }),
      ...refused(': a mounts "credentials", which is none of extras.volumes. Define it there', {
        containers: [{ name: 'a', image, volumeMounts: [{ name: 'credentials', mountPath: '/a', readOnly: true }] }],
      }),
      ...refused(
        ': a mounts the volume "data" of the library for writing, which would break what its scripts rely on. Set readOnly: true',
        { containers: [{ name: 'a', image, volumeMounts: [{ name: 'data', mountPath: '/a' }] }] },
      ),
    ],
    extras({
      volumes: [cache],
      volumeMounts: [{ name: 'cache', mountPath: '/cache' }],
      containers: [
        {
          name: 'a',
          image,
          volumeMounts: [
            { name: 'cache', mountPath: '/tmp' },
            { name: 'data', mountPath: '/var/lib/mysql', readOnly: true },
            { name: 'run', mountPath: '/var/run/mysqld', readOnly: true },
          ],
        },
      ],
    }),
  ],
  [
    'extras.volumeMounts leave the places of the container mysql alone',
    [
      ...[
        '/',
        '//',
        'cache',
        '/var',
        '/var/lib/mysql/',
        '/var/lib/mysql/a',
        '/usr/../tmp',
        '/run',
        '/etc/my.cnf',
      ].flatMap((mountPath) =>
        refused(
          `.volumeMounts: "${mountPath}" is not a free path: the library needs ${RESERVED.paths.join(', ')}, what is above them and what is below. Use another absolute path`,
          { volumes: [cache], volumeMounts: [{ name: 'cache', mountPath }] },
        ),
      ),
      ...refused('.volumeMounts: "/a/" is the path of two mounts. Use another one for one of them', {
        volumes: [cache],
        volumeMounts: ['/a', '/a/'].map((mountPath) => ({ name: 'cache', mountPath })),
      }),
    ],
    ['/var/lib/mysql-files', '/tmpfs', '/mnt/cache'].map((mountPath) => ({
      extras: { volumes: [cache], volumeMounts: [{ name: 'cache', mountPath }] },
    })),
  ],
  [
    'extras.env changes no script',
    [
      ...['peers', 'A-B', 'MYSQL_PWD', 'BASH_ENV', 'LC_ALL', ...RESERVED.env].flatMap((name) =>
        refused(
          `.env: "${name}" would change what scripts do, or nothing. Use a name of upper-case letters, digits and "_" other than ${RESERVED.env.join(', ')}, MYSQL_*, BASH* and LC_*, and settings for options of the server`,
          { env: [{ name, value: 'a' }] },
        ),
      ),
      ...refused('.env: "TZ" is the name of two variables. Leave one of them out', {
        env: ['UTC', 'Europe/Vienna'].map((value) => ({ name: 'TZ', value })),
      }),
    ],
    extras({
      env: [
        { name: 'TZ', value: 'UTC' },
        { name: 'LD_PRELOAD', value: '/usr/lib64/libjemalloc.so.2' },
      ],
    }),
  ],
]);

describe('what the pods have is reserved', () => {
  const pods = [
    {},
    { cloneMethod: CloneMethod.xtraBackup(), credentials: Credentials.insecure() },
    { reads: { from: Reads.fromReplicas() } },
    { storage: { temporary: TemporaryFiles.emptyDir({ sizeLimit: Size.gibibytes(1) }) } },
  ].map((props) => synth(props).at('StatefulSet/mysql: spec.template.spec')!);
  const values = (list: Yaml | undefined): Yaml[] => Object.values(list ?? {});
  const containers = pods.flatMap((pod) => [...values(pod.initContainers), ...values(pod.containers)]);

  test.each<[string, readonly unknown[], Yaml[]]>([
    ['containers', RESERVED.containers, containers.map(({ name }) => name)],
    [
      'volumes',
      RESERVED.volumes,
      [...pods.flatMap(({ volumes }) => values(volumes)), ...mounts()].map(({ name }) => name),
    ],
    [
      'ports',
      RESERVED.ports,
      containers.flatMap(({ ports }) => values(ports)).map(({ containerPort }) => containerPort),
    ],
  ])('%s', (_, reserved, there) => {
    expect(reserved).toEqual(expect.arrayContaining(there));
  });

  test('paths of the container mysql', () => {
    const paths = mounts('mysql').map(({ mountPath }) => String(mountPath));
    expect(paths).toContain('/var/lib/mysql');
    expect(paths.filter((path) => !RESERVED.paths.some((reserved) => `${path}/`.startsWith(`${reserved}/`)))).toEqual(
      [],
    );
  });

  function mounts(container?: string): Yaml[] {
    return containers
      .filter(({ name }) => !container || String(name) === container)
      .flatMap(({ volumeMounts }) => values(volumeMounts));
  }
});
