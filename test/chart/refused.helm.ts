import { App, Chart, Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  CertManagerOptions,
  Client,
  CloneMethod,
  Credentials,
  Destination,
  Exposure,
  ExtrasProps,
  Grant,
  Initialize,
  MySqlVersion,
  Password,
  Reads,
  ReplicatedMySqlProps,
  Tls,
  TlsVersion,
  UserProps,
} from '../../lib';
import { resolveCluster } from '../../lib/cluster';
import { clusterRules } from '../../lib/rules/violations';
import { chartDirectory, rendered } from './support/helm';
import { valuesOf } from './support/values-of';

const sourceRanges = ['203.0.113.0/24'];
const read = (exposure: Exposure, more: ReplicatedMySqlProps = {}): ReplicatedMySqlProps => ({
  services: { read: { exposure } },
  ...more,
});
const all = (option: string, value: string): ReplicatedMySqlProps => ({ settings: { all: { [option]: value } } });
const mysql = (requests: object, limits: object): ReplicatedMySqlProps => ({
  resources: { mysql: { requests, limits } },
});
const user = (...users: Partial<UserProps>[]): ReplicatedMySqlProps => ({
  users: users.map((given) => ({ name: 'shop', password: Password.fromKey('shop-password'), ...given })),
});
const clients = (...clients: Client[]): ReplicatedMySqlProps => ({ network: { clients } });
const grant = (...grants: Grant[]) => user({ grants });
const extras = (extras: ExtrasProps): ReplicatedMySqlProps => ({ extras });
const managed = (options: Partial<CertManagerOptions>): ReplicatedMySqlProps => ({
  tls: Tls.fromCertManager({ issuer: 'internal', ...options }),
});
const image = 'example.com/image:1';
const cache = { name: 'cache', emptyDir: {} };
const mounted = (...paths: string[]) =>
  extras({ volumes: [cache], volumeMounts: paths.map((mountPath) => ({ name: 'cache', mountPath })) });
const listening = (...containers: [string, number][]) =>
  extras({ containers: containers.map(([name, containerPort]) => ({ name, image, ports: [{ containerPort }] })) });

/** Props that rules refuse, and what Helm says about the values that stand for them. */
const REFUSED: [ReplicatedMySqlProps, string][] = [
  [{ name: '1mysql' }, 'name: "1mysql" is not a valid name of a Service'],
  [{ name: 'm'.repeat(53) }, 'has 53 characters, too many for the names and labels of its pods. Use at most 52'],
  [{ replicas: 0 }, 'replicas'],
  [{ serverIdBase: 0 }, 'serverIdBase'],
  [{ serverIdBase: 4_294_967_295 }, 'serverIdBase: 4294967295 plus an ordinal is not a server-id'],
  [
    { version: MySqlVersion.V9_7, cloneMethod: CloneMethod.xtraBackup() },
    'cloneMethod: there is no XtraBackup for MySQL 9.7',
  ],
  [{ cloneMethod: CloneMethod.clonePlugin({ parallel: 129 }) }, 'parallel'],
  [
    { cloneMethod: CloneMethod.xtraBackup({ maxBandwidth: Size.mebibytes(15) }) },
    'cloneMethod: xtraBackup cannot keep maxBandwidth: 15Mi exactly',
  ],
  [{ images: { server: 'https://example.com/mysql:8.4' } }, 'images.server: "https://example.com/mysql:8.4" is not'],
  [{ images: { xtrabackup: 'https://example.com/x:8' } }, 'images.xtrabackup: "https://example.com/x:8" is not'],
  [{ images: { server: 'example.com:5000/db' } }, 'images.server: "example.com:5000/db" has no tag'],
  [
    { images: { xtrabackup: 'xtrabackup:latest' } },
    'images.xtrabackup: "xtrabackup:latest" has no tag, or the tag latest',
  ],
  [{ images: { server: 'mirror/mysql:9.7.1-oracle' } }, 'is MySQL 9.7.1, but version is 8.4. Set both alike'],
  [{ images: { registry: 'https://example.com' } }, 'images.registry: "https://example.com" is not the beginning'],
  [{ images: { pullPolicy: 'always' } }, 'pullPolicy'],
  [{ images: { pullSecrets: ['Not_a_name'] } }, 'pullSecrets'],
  [{ storage: { size: Size.gibibytes(0) } }, 'size'],
  [{ storage: { size: Size.mebibytes(255) } }, 'storage.size: 255Mi is too small for a server'],
  [{ storage: { storageClassName: 'Fast' } }, 'storageClassName'],
  [{ storage: { accessModes: [] } }, 'accessModes'],
  [{ storage: { accessModes: ['ReadOnlyMany'] } }, 'accessModes'],
  [{ storage: { accessModes: ['ReadWriteOncePod', 'ReadWriteOnce'] } }, 'storage.accessModes: Kubernetes refuses'],
  [mysql({ cpu: Cpu.millis(0) }, {}), 'cpu'],
  [mysql({ memory: Size.gibibytes(0) }, {}), 'memory'],
  [mysql({ ephemeralStorage: Size.gibibytes(0) }, {}), 'ephemeral-storage'],
  [
    mysql({ cpu: Cpu.units(2) }, { cpu: Cpu.millis(1500) }),
    'resources.mysql.requests.cpu: 2 is more than its limit, 1500m',
  ],
  [
    mysql({ memory: Size.gibibytes(2) }, { memory: Size.mebibytes(1024) }),
    'resources.mysql.requests.memory: 2Gi is more than its limit, 1024Mi',
  ],
  [
    mysql({ ephemeralStorage: Size.gibibytes(2) }, { ephemeralStorage: Size.gibibytes(1) }),
    'resources.mysql.requests.ephemeral-storage: 2Gi is more than its limit, 1Gi',
  ],
  [mysql({}, { memory: Size.mebibytes(255) }), 'resources.mysql.limits.memory: 255Mi is too little'],
  [all('Max-connections', '500'), 'Max-connections'],
  ...['sync_binlog', 'loose_gtid-mode', 'skip-log-bin', 'sync-b', 'loose-skip-repl'].map(
    (option): [ReplicatedMySqlProps, string] => [
      all(option, '0'),
      `settings.all.${option}: "0" would change an option that the cluster's safety depends on`,
    ],
  ),
  [
    { settings: { replica: { collation_server: 'binary' } } },
    'settings.replica.collation_server: "binary" must be the same',
  ],
  [all('innodb-page', '4k'), 'settings.all.innodb-page: "4k" is for an option that is written in another way'],
  [all('expire_logs_days', '7'), 'settings.all.expire_logs_days: "7" has no effect'],
  [all('plugin-load', 'x.so'), 'settings.all.plugin-load: "x.so" unloads the CLONE plugin'],
  [all('max_user_connections', '9'), 'settings.all.max_user_connections: "9" connections are too few'],
  [all('tls_version', 'TLSv1'), 'settings.all.tls_version: "TLSv1" leaves no TLS'],
  [all('validate_password.policy', '2'), 'settings.all.validate_password.policy: "2" is for an option of a component'],
  [all('max_connections', true as unknown as string), 'max_connections'],
  [all('init_connect', 'a\nb'), 'settings.all.init_connect: "a\\nb" has more than one line'],
  [all('init_connect', 'a # b'), 'settings.all.init_connect: "a # b" contains a #'],
  [all('innodb_flush_method', 'nosync'), 'settings.all.innodb_flush_method: "nosync" does not sync committed data'],
  [
    { settings: { all: { 'max-connections': '1', max_connections: '2' } } },
    'settings.all.max_connections: "2" is for the same option as max-connections',
  ],
  [{ credentials: Credentials.fromSecret('Vault') }, 'secretName'],
  [{ credentials: Credentials.fromSecret('vault', { root: 'a b' }) }, 'root'],
  [
    { ...user({}), credentials: Credentials.insecure() },
    'users: insecure credentials have no Secret with their passwords. Use a Secret, also for databases',
  ],
  [{ tls: Tls.fromSecret('My_Secret') }, 'secretName'],
  [managed({ clusterDomain: 'a..b' }), 'clusterDomain'],
  [managed({ issuer: 'My Issuer' }), 'issuer'],
  [managed({ kind: 'issuer' }), 'kind'],
  [managed({ group: 'cert_manager' }), 'group'],
  [managed({ duration: Duration.minutes(59) }), 'duration'],
  [managed({ renewBefore: Duration.minutes(4) }), 'renewBefore'],
  [managed({ renewBefore: Duration.days(90) }), 'tls.renewBefore: 7776000 s is not less than the duration, 7776000 s'],
  [
    { ...all('tls_version', 'TLSv1.2'), tls: Tls.generated({ minimumVersion: TlsVersion.V1_3 }) },
    'settings: tls_version is set by the value tls as well',
  ],
  [
    { ...all('require-secure-transport', 'OFF'), tls: Tls.generated({ requireTls: true }) },
    'settings: require-secure-transport is set by the value tls as well',
  ],
  ...['mysql', 'SYS', 'replicated_mysql'].map((name): [ReplicatedMySqlProps, string] => [
    { databases: [name] },
    `databases: "${name}" is a database of the server or of the cluster. Use one of the application`,
  ]),
  ...['', 'a\nb', 'shop ', 'x'.repeat(65), '🐬'].map((name): [ReplicatedMySqlProps, string] => [
    { databases: [name] },
    `databases: ${JSON.stringify(name)} is not a name of a database. Use 1 to 64 characters`,
  ]),
  [{ databases: ['a', 'b', 'a'] }, 'databases: "a" is there twice. Remove one'],
  ...['', 'root', 'mysql.sys', 'x'.repeat(33), 'a\nb'].map((name): [ReplicatedMySqlProps, string] => [
    user({ name: 'first' }, { name }),
    `users[1].name: ${JSON.stringify(name)} is not a name for an account of an application`,
  ]),
  [user({ password: Password.fromKey('a b') }), '/users/0/password/key'],
  [user({ password: Password.fromKey('root-password') }), 'users[0].password: the key root-password is that of'],
  [user({ password: Password.fromKey('a', { keepOld: Duration.millis(1500) }) }), 'keepOld'],
  [user({ roles: ['a', 'root'] }), 'users[0].roles: "root" is not a name of a role'],
  [user({ hosts: [] }), 'hosts'],
  [user({ hosts: ['a@b'] }), 'hosts'],
  [user({ maxConnections: 0 }), 'maxConnections'],
  [
    user({ hosts: ['a', 'B'] }, { hosts: ['b'] }),
    'users[1]: "shop" from b is there already, at users[0]. Put all of its grants into one',
  ],
  [grant(Grant.of([])), 'privileges'],
  ...['select', 'SELECT (a)', 'GRANT OPTION', 'ALL'].map((privilege): [ReplicatedMySqlProps, string] => [
    grant(Grant.of(['SELECT', privilege])),
    `users[0].grants[0]: ["SELECT","${privilege}"] are not privileges that can be granted here`,
  ]),
  [
    grant(Grant.readOnly('shop'), Grant.owner('mysql')),
    'users[0].grants[1]: "mysql" is a database of the server or of the cluster',
  ],
  [grant(Grant.readWrite('Sys')), 'users[0].grants[0]: "Sys" is a database of the server or of the cluster'],
  [grant(Grant.of(['SELECT'], { database: 'a ' })), 'users[0].grants[0]: "a " is not a name of a database'],
  [
    grant(Grant.of(['SELECT'], { table: 'orders' })),
    'users[0].grants[0]: "orders" is not a table of a database. Use { database: "shop", table: "orders" }',
  ],
  [{ ...user({}), settings: { replica: { 'loose-partial-revokes': 'ON' } } }, 'settings: partial_revokes gives'],
  [{ initialize: Initialize.ifEmpty({ sql: '-'.repeat(129 * 1024) }) }, 'initialize.sql: 130 KiB of SQL are too much'],
  [extras({ containers: [{ name: 'A_b', image }] }), 'extras: "A_b" is not a name of a container'],
  [extras({ initContainers: [{ name: 'xtrabackup', image }] }), 'extras: a container "xtrabackup" is the library\'s'],
  [
    extras({ initContainers: [{ name: 'a', image }], containers: [{ name: 'a', image }] }),
    'extras: "a" is the name of two containers',
  ],
  [listening(['a', 33_060]), "extras.containers: port 33060 of a is the library's or the server's"],
  [listening(['a', 80], ['b', 80]), 'extras.containers: port 80 of b is also that of a'],
  [extras({ volumes: [{ ...cache, name: 'a.b' }] }), 'extras.volumes: "a.b" is not a name of a volume'],
  [extras({ volumes: [{ ...cache, name: 'secret' }] }), 'extras.volumes: "secret" is a volume of the library'],
  [extras({ volumes: [cache, cache] }), 'extras.volumes: "cache" is the name of two volumes'],
  [
    extras({ volumeMounts: [{ name: 'cache', mountPath: '/cache' }] }),
    'extras: mysql mounts "cache", which is none of extras.volumes. Define it there',
  ],
  [
    extras({ containers: [{ name: 'a', image, volumeMounts: [{ name: 'data', mountPath: '/a' }] }] }),
    'extras: a mounts the volume "data" of the library for writing',
  ],
  ...['/', '//', 'cache', '/var', '/var/lib/mysql/a', '/usr/../tmp/'].map((path): [ReplicatedMySqlProps, string] => [
    mounted(path),
    `extras.volumeMounts: "${path}" is not a free path: the library needs /var/lib/mysql, /etc/mysql, `,
  ]),
  [mounted('/a', '/a/'), 'extras.volumeMounts: "/a/" is the path of two mounts'],
  ...['peers', 'MYSQL_PWD', 'BASH_ENV', 'PATH'].map((name): [ReplicatedMySqlProps, string] => [
    extras({ env: [{ name, value: 'a' }] }),
    `extras.env: "${name}" would change what scripts do, or nothing`,
  ]),
  [
    extras({ env: ['UTC', 'Europe/Vienna'].map((value) => ({ name: 'TZ', value })) }),
    'extras.env: "TZ" is the name of two variables',
  ],
  [{ opening: { waitForPeers: Duration.seconds(59) } }, 'waitForPeers'],
  [{ metadata: { podLabels: { app: 'x' } } }, 'metadata.podLabels: "app: x" is a label that the chart sets'],
  ...['reads', 'role', 'state'].map((label): [ReplicatedMySqlProps, string] => [
    { metadata: { podLabels: { [`replicated-mysql/${label}`]: 'x' } } },
    `metadata.podLabels: "replicated-mysql/${label}: x" is a label that the chart sets`,
  ]),
  [{ metadata: { podAnnotations: { 'replicated-mysql/my-cnf-hash': 'x' } } }, 'is an annotation that the chart sets'],
  [{ metadata: { serviceLabels: { app: 'x' } } }, 'metadata.serviceLabels: "app: x" is a label that the chart sets'],
  [{ update: { partition: -1 } }, 'partition'],
  [{ network: { policy: false, clients: [] } }, 'network.clients: has no effect'],
  [{ network: { policy: false, egress: [] } }, 'network.egress: has no effect'],
  [
    clients(Client.pods({ ports: [9104] })),
    'network.clients: replaces the default, and none of them reaches port 3306',
  ],
  [
    clients(Client.pods({ namespace: 'shop', namespaceLabels: {} })),
    'network.clients[0].namespaceLabels: namespace "shop" names the namespace already',
  ],
  [clients(Client.pods({ namespace: 'Shop' })), 'namespace'],
  [clients(Client.pods({ ports: [] })), 'ports'],
  [{ network: { egress: [Destination.anywhere({ ports: [0] })] } }, 'ports'],
  [clients(Client.pods({ ports: [3306, 3307] })), 'network.clients[0].ports: 3307 is for the other instances only'],
  [clients(Client.cidr('203.0.113.7')), 'network.clients[0].cidr: "203.0.113.7" is not a CIDR'],
  [
    clients(Client.cidr('203.0.113.0/24', { except: ['203.0.113.7'] })),
    'network.clients[0].except: "203.0.113.7" is not a CIDR',
  ],
  [
    clients(Client.cidr('203.0.113.0/24', { except: ['203.0.113.0/24'] })),
    'network.clients[0].except: "203.0.113.0/24" is not a part of 203.0.113.0/24',
  ],
  [{ disruption: { maxUnavailable: 0 } }, 'maxUnavailable'],
  [{ disruption: { budget: false, maxUnavailable: 2 } }, 'disruption.maxUnavailable: 2 has no effect'],
  [
    { replicas: 1, reads: { from: Reads.fromReplicas({ fallBackToPrimary: false }) } },
    'reads.from: replicas: 1 leaves no replica to read from',
  ],
  [{ reads: { maxLag: Duration.seconds(0) } }, 'maxLag'],
  [{ reads: { maxStandstill: Duration.seconds(59) } }, 'maxStandstill'],
  [{ services: { primary: { sessionAffinity: Duration.seconds(86_401) } } }, 'sessionAffinity'],
  [{ services: { read: { ipFamilyPolicy: 'DualStack' } } }, 'ipFamilyPolicy'],
  ...[[], ['IPv5'], ['IPv4', 'IPv4']].map((ipFamilies): [ReplicatedMySqlProps, string] => [
    { services: { read: { ipFamilyPolicy: 'PreferDualStack', ipFamilies } } },
    'ipFamilies',
  ]),
  [
    { services: { read: { ipFamilies: ['IPv4', 'IPv6'] } } },
    'services.read.ipFamilies: [IPv4, IPv6] are two families for a Service of one',
  ],
  [read(Exposure.nodePort({ sourceRanges, nodePort: 3306 })), 'nodePort'],
  [read(Exposure.nodePort({ sourceRanges, externalTrafficPolicy: 'local' })), 'externalTrafficPolicy'],
  [read(Exposure.loadBalancer({ sourceRanges, loadBalancerClass: 'a b' })), 'loadBalancerClass'],
  [read(Exposure.loadBalancer({ sourceRanges: [] })), 'sourceRanges'],
  [read(Exposure.loadBalancer({ sourceRanges: ['203.0.113.0'] })), 'sourceRanges "203.0.113.0" is not a CIDR'],
  [
    {
      services: {
        primary: { exposure: Exposure.nodePort({ nodePort: 30_306, sourceRanges }) },
        read: { exposure: Exposure.nodePort({ nodePort: 30_306, sourceRanges }) },
      },
    },
    'services.read.exposure: nodePort 30306 is also that of services.primary',
  ],
  [
    read(Exposure.loadBalancer({ sourceRanges }), { credentials: Credentials.insecure() }),
    'services.read.exposure: LoadBalancer with insecure credentials lets anybody in as root',
  ],
  [
    read(Exposure.nodePort()),
    'services.read.exposure: NodePort reaches no instance, because the NetworkPolicy admits only',
  ],
  [read(Exposure.nodePort({ sourceRanges }), { network: { clients: [] } }), 'network.clients: [] admits nobody'],
  [
    read(Exposure.nodePort({ sourceRanges, externalTrafficPolicy: 'Cluster' })),
    'services.read.exposure: externalTrafficPolicy "Cluster" replaces the addresses',
  ],
  [
    read(Exposure.nodePort({ sourceRanges }), { network: { policy: false } }),
    'sourceRanges of a NodePort have no effect',
  ],
  [
    read(Exposure.loadBalancer(), { network: { policy: false } }),
    'services.read.exposure: LoadBalancer admits everybody',
  ],
  [{ termination: { preStop: Duration.millis(500) } }, 'preStop'],
  [{ termination: { gracePeriod: Duration.millis(60_500) } }, 'gracePeriod'],
  [
    { termination: { preStop: Duration.seconds(30), gracePeriod: Duration.seconds(39) } },
    'termination.gracePeriod: 39 s leaves less than 20 s for a clean shutdown after termination.preStop (30 s)',
  ],
];

/** Rules that no values can violate. */
const WITHOUT_VALUES = [
  /^namespace |only with a namespace/, // it is the release's
  /^name (gives a selector|creates no Service)/, // a release knows no other workload; Helm refuses objects of others
  /^name has at most 28|MySQL 5\.7|MySQL 8\.0\.1[67]|8\.0\.30|can copy/, // the chart has 8.4 and 9.7
  /^storage\.temporary/, // a size that is not positive is none for the schema
  /every YAML parser reads alike/, // values come from the parser that reads the YAML
];

const chart = chartDirectory();

test.each(REFUSED)('refused: %j', (props, message) => {
  expect(rendered(chart, valuesOf(props)).refusal).toContain(message);
});

test.each(clusterRules.map((rule) => [`${rule.prop} ${rule.requires}`, rule] as const))(
  'values violate: %s',
  (text, rule) => {
    const construct = new Chart(new App(), 'chart', { namespace: 'default' }); // that of the release
    const violated = REFUSED.some(([props]) => rule.violations(resolveCluster(construct, props)).length);
    expect(violated).toBe(!WITHOUT_VALUES.some((pattern) => pattern.test(text)));
  },
);

test('all that is wrong is said at once', () => {
  const { refusal } = rendered(
    chart,
    valuesOf({ name: 'Mysql', settings: { all: { sync_binlog: '0', 'log-bin': 'x' } } }),
  );
  expect(refusal.match(/^(name|settings\.all)/gm)).toEqual(['name', 'settings.all', 'settings.all']);
});

test.each([
  [{ replica: 5 }, /replica/],
  [{ users: [{ name: 'shop' }] }, /password/],
  [{ users: [{ name: 'shop', password: { key: 'shop' }, host: '%' }] }, /host/],
])('a value that does not exist, or lacks another, is refused: %j', (values, message) => {
  expect(rendered(chart, values).refusal).toMatch(message);
});

test.each([
  ['fromSecret', 'tls: fromSecret needs the name of a Secret. Set tls.secretName'],
  ['fromCertManager', 'tls: fromCertManager needs an issuer. Set tls.issuer'],
])('%s lacks a name', (source, message) => {
  expect(rendered(chart, { tls: { source } }).refusal).toContain(message);
});

test.each([
  { cidr: '10.0.0.0/8', labels: {}, namespace: 'shop' },
  { except: ['10.0.0.0/8'] },
  { anywhere: true, namespaceLabels: {} },
])('no side of a connection, or two: %j', (side) => {
  expect(rendered(chart, { network: { egress: [side] } }).refusal).toContain('network.egress[0]: {');
});

test.each([
  {},
  { readOnly: 'shop', table: 'orders' },
  { readOnly: 'shop', readWrite: 'shop' },
  { privileges: ['SELECT'], readOnly: 'shop' },
  { database: 'shop' },
])('no grant, or two: %j', (given) => {
  const { refusal } = rendered(chart, { users: [{ name: 'shop', password: { key: 'shop' }, grants: [given] }] });
  expect(refusal).toContain(`users[0].grants[0]: ${JSON.stringify(given)} is not one grant. Use readWrite`);
});
