import { App, Chart, Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { CloneMethod, Credentials, Exposure, MySqlVersion, Reads, ReplicatedMySqlProps } from '../../lib';
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
  [{ storage: { size: Size.mebibytes(127) } }, 'storage.size: 127Mi is too small for a server'],
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
  [{ opening: { waitForPeers: Duration.seconds(59) } }, 'waitForPeers'],
  [{ metadata: { podLabels: { app: 'x' } } }, 'metadata.podLabels: "app: x" is a label that the chart sets'],
  [{ metadata: { podAnnotations: { 'replicated-mysql/my-cnf-hash': 'x' } } }, 'is an annotation that the chart sets'],
  [{ metadata: { serviceLabels: { app: 'x' } } }, 'metadata.serviceLabels: "app: x" is a label that the chart sets'],
  [{ update: { partition: -1 } }, 'partition'],
  [{ network: { policy: false, clients: [] } }, 'network.clients: has no effect'],
  [{ disruption: { maxUnavailable: 0 } }, 'maxUnavailable'],
  [{ disruption: { budget: false, maxUnavailable: 2 } }, 'disruption.maxUnavailable: 2 has no effect'],
  [
    { replicas: 1, reads: { from: Reads.fromReplicas({ fallBackToPrimary: false }) } },
    'reads.from: replicas: 1 leaves no replica to read from',
  ],
  [{ reads: { maxLag: Duration.seconds(0) } }, 'maxLag'],
  [{ reads: { maxStandstill: Duration.seconds(59) } }, 'maxStandstill'],
  [{ services: { primary: { sessionAffinity: Duration.seconds(86_401) } } }, 'sessionAffinity'],
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
  /^namespace /, // it is the release's
  /^name (gives a selector|creates no Service)/, // a release knows no other workload; Helm refuses objects of others
  /^name has at most 28|MySQL 5\.7|only with MySQL 8\.0\.17|8\.0\.30|can copy/, // the chart has 8.4 and 9.7
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
    const construct = new Chart(new App(), 'chart');
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

test('a value that does not exist is refused', () => {
  expect(rendered(chart, { replica: 5 }).refusal).toMatch(/replica/);
});
