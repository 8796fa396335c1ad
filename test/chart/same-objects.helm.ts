import { App, Chart, Duration, Size } from 'cdk8s';
import { Cpu, k8s, PodManagementPolicy } from 'cdk8s-plus-28';
import {
  ClaimRetention,
  Client,
  CloneMethod,
  Credentials,
  Destination,
  Exposure,
  Grant,
  Initialize,
  MySqlVersion,
  Password,
  Reads,
  ReplicatedMySql,
  ReplicatedMySqlProps,
  TemporaryFiles,
  Tls,
  TlsVersion,
} from '../../lib';
import { combined } from '../../chart/choices';
import { Manifests, Yaml } from '../support/manifests';
import { violations } from '../support/rules';
import { chartDirectory, helm, rendered } from './support/helm';
import { valuesOf } from './support/values-of';

const sourceRanges = ['203.0.113.0/24', '198.51.100.7/32'];

/** Names that are not only letters, in YAML, in templates and for the server. */
const NAMES = ["it's", '`back`', 'a%b_c', 'back\\slash', 'Zürich 東京', '"{{ .Values }}" <&>', '# : -'];
const password = Password.fromKey('shop-password');

/** Each value of the chart is in one of these, and values that change the same lines are in several, in combinations. */
const SETS: Readonly<Record<string, ReplicatedMySqlProps>> = {
  'name, replicas, server-ids, settings': {
    name: 'orders',
    replicas: 5,
    serverIdBase: 2_000_000_000,
    settings: {
      all: { innodb_buffer_pool_size: '6G', max_connections: '500', 'replica-parallel-workers': '8' },
      primary: { long_query_time: '2', max_connections: '700' },
      replica: { 'plugin-load-add': 'audit.so', 'sort-buffer-size': "'1M # {{ .Values }}'" },
    },
  },
  '9.7, insecure, ordered': {
    version: MySqlVersion.V9_7,
    credentials: Credentials.insecure(),
    podManagementPolicy: PodManagementPolicy.ORDERED_READY,
    initialize: Initialize.never(),
  },
  'one release, XtraBackup': {
    version: MySqlVersion.of('8.4.6'),
    cloneMethod: CloneMethod.xtraBackup(),
    images: { registry: 'registry.example.com/mirror', pullPolicy: 'Always', pullSecrets: ['one', 'two'] },
  },
  'XtraBackup with parallel': {
    cloneMethod: CloneMethod.xtraBackup({ parallel: 4 }),
    credentials: Credentials.insecure(),
    reads: { from: Reads.fromReplicas(), maxLag: Duration.seconds(30) },
  },
  'XtraBackup with compression': {
    cloneMethod: CloneMethod.xtraBackup({ compression: true, maxBandwidth: Size.mebibytes(100) }),
    reads: { from: Reads.fromReplicas({ fallBackToPrimary: false }), maxLag: Duration.seconds(30) },
    opening: { waitForPeers: Duration.minutes(15) },
  },
  'XtraBackup with all options, for 9.7': {
    version: MySqlVersion.V9_7,
    images: { xtrabackup: 'registry.example.com/xtrabackup:9.7' },
    cloneMethod: CloneMethod.xtraBackup({ parallel: 4, compression: true, maxBandwidth: Size.gibibytes(10) }),
    credentials: Credentials.insecure(),
    storage: { temporary: TemporaryFiles.emptyDir({ sizeLimit: Size.gibibytes(5) }) },
  },
  'XtraBackup by its image': { images: { xtrabackup: 'registry.example.com/xtrabackup:8.4', server: 'mysql:8.4.9' } },
  'CLONE plugin with parallel': { cloneMethod: CloneMethod.clonePlugin({ parallel: 4 }) },
  'CLONE plugin with all options, for 9.7': {
    version: MySqlVersion.V9_7,
    cloneMethod: CloneMethod.clonePlugin({ parallel: 4, compression: true, maxBandwidth: Size.mebibytes(50) }),
    reads: { from: Reads.fromReplicas(), maxStandstill: Duration.minutes(20) },
    storage: { temporary: TemporaryFiles.ephemeral({ size: Size.gibibytes(50) }) },
  },
  storage: {
    storage: {
      size: Size.gibibytes(250),
      storageClassName: 'fast',
      accessModes: ['ReadWriteOncePod'],
      claimRetention: ClaimRetention.deleteWhenScaledDown(),
      temporary: TemporaryFiles.ephemeral({ size: Size.gibibytes(50), storageClassName: 'local' }),
    },
  },
  'storage without a class': {
    storage: {
      size: Size.mebibytes(777),
      storageClassName: '',
      claimRetention: ClaimRetention.deleteWithStatefulSet(),
    },
  },
  'storage that goes': { storage: { claimRetention: ClaimRetention.deleteWhenUnused() } },
  resources: {
    resources: {
      mysql: {
        requests: { cpu: Cpu.units(2), memory: Size.gibibytes(8) },
        limits: { memory: Size.gibibytes(12), ephemeralStorage: Size.gibibytes(2) },
      },
      xtrabackup: {
        requests: { memory: Size.mebibytes(500) },
        limits: { cpu: Cpu.millis(1500), memory: Size.gibibytes(1) },
      },
    },
  },
  'resources without memory': { resources: { mysql: { requests: { cpu: Cpu.millis(50) } } } },
  'Secret with its own keys': {
    credentials: Credentials.fromSecret('vault', { root: 'admin', replication: 'r', backup: 'b', probe: 'p' }),
    cloneMethod: CloneMethod.xtraBackup(),
  },
  metadata: {
    metadata: {
      podLabels: { team: 'blue', 'a-first': 'on' },
      podAnnotations: { 'example.com/note': 'yes: "quoted" {{ not evaluated }}' },
      serviceLabels: { tier: '1' },
      serviceAnnotations: { shared: 'a', own: 'b' },
    },
    services: { read: { annotations: { own: 'c' } } },
  },
  scheduling: {
    scheduling: {
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ key: 'database', operator: 'Exists' }],
      affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone' }] } },
      priorityClassName: 'important',
      topologySpreadConstraints: [{ maxSkew: 2, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }],
    },
    update: { partition: 2 },
  },
  'reads from replicas, insecure': {
    reads: { from: Reads.fromReplicas({ fallBackToPrimary: false }), maxLag: Duration.seconds(5) },
    credentials: Credentials.insecure(),
    storage: { temporary: TemporaryFiles.emptyDir({ sizeLimit: Size.gibibytes(5) }) },
  },
  'bounded lag, and a wait for peers': {
    reads: { maxLag: Duration.seconds(30), maxStandstill: Duration.minutes(2) },
    opening: { waitForPeers: Duration.minutes(1) },
  },
  'no NetworkPolicy, no budget': { network: { policy: false }, disruption: { budget: false } },
  'clients, and a larger budget': {
    network: {
      clients: [
        Client.pods({ labels: { 'talks-to': 'mysql' } }),
        Client.pods({ labels: { app: 'shop' }, namespaceLabels: { team: 'blue' } }),
        Client.pods({ namespaceLabels: {} }),
        Client.cidr('10.0.0.0/8', { except: ['10.1.0.0/16'] }),
        Client.pods({ namespace: 'monitoring', ports: [9104, 3306] }),
        Client.cidr('203.0.113.7/32', { ports: [33_060] }),
      ],
      egress: [
        Destination.pods({ namespace: 'vault', labels: { app: 'vault' }, ports: [8200] }),
        Destination.cidr('198.51.100.0/24'),
        Destination.anywhere({ ports: [443] }),
      ],
    },
    disruption: { maxUnavailable: 2 },
    cloneMethod: CloneMethod.xtraBackup(),
    reads: { from: Reads.fromReplicas({ fallBackToPrimary: false }) },
  },
  'no clients': { network: { clients: [], egress: [] } },
  'exposed Services': {
    services: {
      primary: { exposure: Exposure.nodePort({ nodePort: 30_306, sourceRanges }), sessionAffinity: Duration.hours(3) },
      read: {
        exposure: Exposure.loadBalancer({
          sourceRanges: [sourceRanges[0]],
          loadBalancerClass: 'example.com/internal',
          nodePort: 30_307,
        }),
        annotations: { 'example.com/internal': 'true' },
      },
    },
  },
  'exposed Services, to named clients': {
    network: { clients: [Client.cidr('10.0.0.0/8')] },
    services: {
      primary: { exposure: Exposure.loadBalancer({ externalTrafficPolicy: 'Cluster' }) },
      read: { exposure: Exposure.nodePort({}), sessionAffinity: Duration.seconds(1) },
    },
  },
  'databases and users, with any names': {
    databases: NAMES,
    users: [
      ...NAMES.map((name) => ({
        name,
        password,
        grants: [Grant.readWrite(name), Grant.of(['SELECT'], { database: name, table: name })],
      })),
      { name: 'nobody', password: Password.fromKey('nobody', { keepOld: Duration.seconds(0) }) },
      {
        name: 'all',
        password: Password.fromKey('all', { keepOld: Duration.days(30) }),
        grants: [
          Grant.readOnly('a_b'),
          Grant.owner('shop'),
          Grant.of(['REPLICATION CLIENT', 'PROCESS']),
          Grant.of(['SELECT', 'EXECUTE'], { database: 'sys' }),
        ],
        roles: NAMES,
        hosts: ['10.0.0.0/255.0.0.0', '%.Example.com', '::1'],
        requireTls: true,
        requireX509: true,
        maxConnections: 2_000_000,
      },
      { name: 'tls', password, requireTls: true },
    ],
  },
  'databases alone, never empty': { databases: ['shop'], initialize: Initialize.never() },
  'SQL, and extras': {
    initialize: Initialize.ifEmpty({ sql: `  CREATE DATABASE \`a b\`; -- "it's" {{ .Values }} Zürich\n\n# end\t\n\n` }),
    extras: {
      initContainers: [{ name: 'before', image: 'example.com/before:1', command: ['sh', '-c', 'echo {{ . }}\ntrue'] }],
      containers: [
        {
          name: 'exporter',
          image: 'example.com/exporter:1',
          ports: [{ name: 'metrics', containerPort: 9104 }],
          resources: { limits: { memory: k8s.Quantity.fromString('64Mi') } },
          securityContext: { runAsUser: 1_000_000 },
          volumeMounts: [{ name: 'data', mountPath: '/data', readOnly: true }],
        },
      ],
      volumes: [
        { name: 'cache', emptyDir: {} },
        { name: 'login', secret: { secretName: 'login', defaultMode: 0o440 } },
      ],
      volumeMounts: [{ name: 'cache', mountPath: '/cache' }],
      env: [{ name: 'TZ', value: 'Europe/Vienna' }],
    },
  },
  'a certificate from a Secret': { tls: Tls.fromSecret('own', { requireTls: true }) },
  'a certificate of cert-manager, TLS 1.3': {
    tls: Tls.fromCertManager({
      issuer: 'internal',
      kind: 'ClusterIssuer',
      group: 'issuers.example.com',
      duration: Duration.hours(2),
      renewBefore: Duration.minutes(30),
      clusterDomain: 'k8s.example.com',
      minimumVersion: TlsVersion.V1_3,
    }),
    cloneMethod: CloneMethod.xtraBackup(),
  },
  'generated certificates, TLS required': {
    tls: Tls.generated({ requireTls: true, minimumVersion: TlsVersion.V1_2 }),
  },
  'Services of two IP families': {
    services: {
      primary: { ipFamilyPolicy: 'PreferDualStack' },
      read: { ipFamilyPolicy: 'RequireDualStack', ipFamilies: ['IPv6', 'IPv4'], sessionAffinity: Duration.hours(1) },
    },
  },
  termination: { termination: { preStop: Duration.seconds(15), gracePeriod: Duration.seconds(36) } },
};

const chart = chartDirectory();

test('helm lint finds nothing', () => {
  expect(helm('lint', '--strict', chart, '--kube-version', '1.36.0')).toContain('0 chart(s) failed');
});

/** None, each set alone, and each two together that rules accept. */
const cases: [string, ReplicatedMySqlProps][] = Object.entries(SETS).flatMap(([name, props], i, all) => [
  [name, props],
  ...all
    .slice(i + 1)
    .map(([other, more]) => [`${name}, and ${other}`, combined(props, more)] as [string, ReplicatedMySqlProps])
    .filter(([, both]) => !violations(both).length),
]);

test.each([['the default values', {}], ...cases])('the objects are those of the construct: %s', (_, props) => {
  const { text, refusal } = rendered(chart, valuesOf(props));
  expect(refusal).toBe('');
  expect(byName(Manifests.parse(text).all.filter(Boolean))).toEqual(byName(synthesized(props)));
});

test('databases, users and SQL change no pod', () => {
  const { databases, users } = SETS['databases and users, with any names'];
  const statefulSet = (props: ReplicatedMySqlProps) =>
    rendered(chart, valuesOf(props), 'mysql', '--show-only', 'templates/stateful-set.yaml');
  const initialize = Initialize.ifEmpty({ sql: 'CREATE DATABASE shop;' });
  expect(statefulSet({ databases, users, initialize })).toEqual(statefulSet({}));
});

/** What the construct makes of props, in the namespace of the release, which Helm adds. */
function synthesized(props: ReplicatedMySqlProps): Yaml[] {
  const app = new Chart(new App(), 'chart', { namespace: 'default' });
  new ReplicatedMySql(app, 'mysql', props);
  const objects: Yaml[] = app.toJson();
  return objects.map((object) => ({ ...object, metadata: { ...object.metadata, namespace: undefined! } }));
}

function byName(objects: readonly Yaml[]): Record<string, Yaml> {
  return Object.fromEntries(objects.map((object) => [`${object.kind}/${object.metadata.name}`, object]));
}
