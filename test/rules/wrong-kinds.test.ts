import { App, Chart, Duration, Size } from 'cdk8s';
import { Cpu, PodManagementPolicy } from 'cdk8s-plus-28';
import {
  CertManagerOptions,
  ClaimProps,
  ClaimRetention,
  Client,
  ClientServiceProps,
  CloneMethod,
  ClusteredApp,
  ClusteredAppProps,
  ContainerResources,
  CredentialKeys,
  Credentials,
  Destination,
  DisruptionProps,
  Exposure,
  ExtrasProps,
  Grant,
  GrantObject,
  ImageProps,
  Initialize,
  LoadBalancerOptions,
  MetadataProps,
  MySqlVersion,
  NetworkProps,
  OpeningProps,
  Password,
  PasswordOptions,
  PodMetadataProps,
  Reads,
  ReadsProps,
  ReplicatedMySql,
  ReplicatedMySqlProps,
  ResourceAmounts,
  SchedulingProps,
  ServiceProps,
  SettingsProps,
  StorageProps,
  TemporaryFiles,
  TerminationProps,
  Tls,
  TlsVersion,
  UpdateProps,
  UserProps,
} from '../../lib';

/** What plain JavaScript may put anywhere. */
const WRONG: unknown[] = [7, 'text', '', null, true, {}, [], [null], { unknown: 1 }, () => 'text', 7n];

const amounts: Required<ResourceAmounts> = {
  cpu: Cpu.millis(500),
  memory: Size.gibibytes(1),
  ephemeralStorage: Size.gibibytes(2),
};
const resources: Required<ContainerResources> = { requests: amounts, limits: amounts };
const service: Required<ServiceProps> = {
  exposure: Exposure.clusterIp(),
  annotations: { 'example.com/note': 'text' },
  sessionAffinity: Duration.hours(3),
  ipFamilyPolicy: 'PreferDualStack',
  ipFamilies: ['IPv4', 'IPv6'],
};
const update: Required<UpdateProps> = { partition: 1 };

/** Every prop of every group: one that is missing does not compile. */
const CLUSTER: Required<ReplicatedMySqlProps> = {
  name: 'mysql',
  namespace: 'shop',
  replicas: 3,
  serverIdBase: 100,
  version: MySqlVersion.V8_4,
  cloneMethod: CloneMethod.xtraBackup(),
  images: {
    server: 'mysql:8.4.6',
    xtrabackup: 'percona/percona-xtrabackup:8.4.0',
    registry: 'example.com',
    pullPolicy: 'Always',
    pullSecrets: ['hub'],
  } satisfies Required<ImageProps>,
  storage: {
    size: Size.gibibytes(10),
    storageClassName: 'fast',
    accessModes: ['ReadWriteOnce'],
    claimRetention: ClaimRetention.retain(),
    temporary: TemporaryFiles.onVolume(),
  } satisfies Required<StorageProps>,
  resources: { mysql: resources, xtrabackup: resources },
  settings: {
    all: { max_connections: '500' },
    primary: { max_connections: '500' },
    replica: { max_connections: '500' },
  } satisfies Required<SettingsProps>,
  credentials: Credentials.fromSecret('vault'),
  tls: Tls.fromCertManager({
    issuer: 'internal',
    kind: 'ClusterIssuer',
    group: 'cert-manager.io',
    duration: Duration.days(90),
    renewBefore: Duration.days(30),
    clusterDomain: 'cluster.local',
    requireTls: true,
    minimumVersion: TlsVersion.V1_3,
  } satisfies Required<CertManagerOptions>),
  databases: ['shop'],
  users: [
    {
      name: 'shop',
      password: Password.fromKey('shop-password', {
        keepOld: Duration.hours(1),
      } satisfies Required<PasswordOptions>),
      grants: [Grant.of(['SELECT'], { database: 'shop', table: 'orders' } satisfies Required<GrantObject>)],
      roles: ['reporting'],
      hosts: ['%'],
      requireTls: true,
      requireX509: false,
      maxConnections: 100,
    } satisfies Required<UserProps>,
  ],
  initialize: Initialize.never(),
  opening: { waitForPeers: Duration.minutes(10) } satisfies Required<OpeningProps>,
  metadata: {
    podLabels: { team: 'blue' },
    podAnnotations: { team: 'blue' },
    serviceLabels: { team: 'blue' },
    serviceAnnotations: { team: 'blue' },
  } satisfies Required<MetadataProps>,
  scheduling: {
    affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone' }] } },
    tolerations: [{ key: 'database', operator: 'Exists' }],
    nodeSelector: { disk: 'ssd' },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'zone',
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: { a: 'b' } },
      },
    ],
    priorityClassName: 'important',
  } satisfies Required<SchedulingProps>,
  extras: {
    containers: [
      {
        name: 'exporter',
        image: 'example.com/exporter:1',
        ports: [{ containerPort: 9104 }],
        volumeMounts: [{ name: 'cache', mountPath: '/cache' }],
      },
    ],
    initContainers: [{ name: 'fetch', image: 'example.com/fetch:1' }],
    volumes: [{ name: 'cache', emptyDir: {} }],
    volumeMounts: [{ name: 'cache', mountPath: '/cache' }],
    env: [{ name: 'TZ', value: 'UTC' }],
  } satisfies Required<ExtrasProps>,
  podManagementPolicy: PodManagementPolicy.PARALLEL,
  update,
  network: {
    policy: true,
    clients: [Client.pods({ labels: { app: 'shop' }, namespace: 'shop', ports: [3306] })],
    egress: [
      Destination.cidr('203.0.113.0/24', { except: ['203.0.113.7/32'] }),
      Destination.anywhere({ ports: [443] }),
    ],
  } satisfies Required<NetworkProps>,
  disruption: { budget: true, maxUnavailable: 1 } satisfies Required<DisruptionProps>,
  reads: {
    from: Reads.everywhere(),
    maxLag: Duration.seconds(30),
    maxStandstill: Duration.minutes(10),
  } satisfies Required<ReadsProps>,
  services: { primary: service, read: service },
  termination: {
    preStop: Duration.seconds(5),
    gracePeriod: Duration.minutes(5),
  } satisfies Required<TerminationProps>,
};

const APP: Required<ClusteredAppProps> = {
  name: 'store',
  namespace: 'shop',
  replicas: 3,
  ports: { http: 8080 },
  pod: {
    containers: [{ name: 'store', image: 'example.com/store:1', volumeMounts: [{ name: 'data', mountPath: '/data' }] }],
  },
  podMetadata: { labels: { team: 'blue' }, annotations: { team: 'blue' } } satisfies Required<PodMetadataProps>,
  claims: [
    {
      name: 'data',
      size: Size.gibibytes(10),
      storageClassName: 'fast',
      accessModes: ['ReadWriteOnce'],
    } satisfies Required<ClaimProps>,
  ],
  claimRetention: ClaimRetention.retain(),
  services: [{ ...service, name: 'web' } satisfies Required<ClientServiceProps>],
  podManagementPolicy: PodManagementPolicy.PARALLEL,
  update,
};

type Path = readonly string[];

/** The paths of all values inside groups, maps and lists. */
function paths(value: unknown): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return [];
  return Object.entries(value).flatMap(([key, child]) => [[key], ...paths(child).map((path) => [key, ...path])]);
}

/** A copy in which one value is another; without it if that is undefined. */
function replaced(value: unknown, [key, ...rest]: Path, other: unknown): unknown {
  if (key === undefined) return other;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  return Object.assign(copy, { [key]: replaced((value as never)[key], rest, other) });
}

/** What synth says of a construct: nothing if it accepts the props. */
function refusal(declare: (chart: Chart) => void): string {
  const app = new App();
  try {
    declare(new Chart(app, 'chart'));
    app.synthYaml();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

/** Every message names the construct, the prop and a remedy; what fails from inside does not. */
function expectNamed(message: string, prop: string): void {
  if (message === '') return;
  const lines = message.replace(/^Validation failed with the following errors:\n/, '').split('\n');
  expect(lines[0]).toMatch(/^ *(\[chart\/construct\] |chart\/construct: )/);
  expect(lines.filter((line) => line.includes(prop))).not.toEqual([]);
  expect(lines.filter((line) => line && !/(Use|Set|Leave|Name|Give|Raise|Define|Move|Change|Put) /.test(line))).toEqual(
    [],
  );
}

describe.each<[string, object, (chart: Chart, props: never) => void]>([
  ['ReplicatedMySql', CLUSTER, (chart, props) => new ReplicatedMySql(chart, 'construct', props)],
  ['ClusteredApp', APP, (chart, props) => new ClusteredApp(chart, 'construct', props)],
])('%s', (_, valid, declare) => {
  test('has valid props to begin with', () => {
    expect(refusal((chart) => declare(chart, valid as never))).toBe('');
  });

  test.each(paths(valid).map((path) => [path.join('.'), path] as const))('%s of any kind', (_, path) => {
    for (const wrong of [undefined, ...WRONG]) {
      const props = replaced(valid, path, wrong);
      expectNamed(
        refusal((chart) => declare(chart, props as never)),
        path[0],
      );
    }
  });
});

const options = {
  secret: { root: 'a', replication: 'b', backup: 'c', probe: 'd' } satisfies Required<CredentialKeys>,
  exposure: {
    nodePort: 30306,
    sourceRanges: ['203.0.113.0/24'],
    externalTrafficPolicy: 'Local',
    loadBalancerClass: 'internal',
  } satisfies Required<LoadBalancerOptions>,
};

test.each<[string, string, (wrong: never) => object]>([
  ['credentials', 'fromSecret', (wrong) => ({ credentials: Credentials.fromSecret(wrong) })],
  ['credentials', 'fromSecret with keys', (wrong) => ({ credentials: Credentials.fromSecret('vault', wrong) })],
  ...Object.keys(options.secret).map((key): [string, string, (wrong: never) => object] => [
    'credentials',
    `fromSecret with the key ${key}`,
    (wrong) => ({ credentials: Credentials.fromSecret('vault', { [key]: wrong }) }),
  ]),
  ['cloneMethod', 'xtraBackup', (wrong) => ({ cloneMethod: CloneMethod.xtraBackup(wrong) })],
  ['cloneMethod', 'clonePlugin', (wrong) => ({ cloneMethod: CloneMethod.clonePlugin(wrong) })],
  ...['parallel', 'compression', 'maxBandwidth'].map((option): [string, string, (wrong: never) => object] => [
    'cloneMethod',
    `clonePlugin with ${option}`,
    (wrong) => ({ cloneMethod: CloneMethod.clonePlugin({ [option]: wrong }) }),
  ]),
  ['initialize', 'ifEmpty', (wrong) => ({ initialize: Initialize.ifEmpty(wrong) })],
  ['initialize', 'sql', (wrong) => ({ initialize: Initialize.ifEmpty({ sql: wrong }) })],
  ['storage', 'emptyDir', (wrong) => ({ storage: { temporary: TemporaryFiles.emptyDir(wrong) } })],
  ['storage', 'ephemeral', (wrong) => ({ storage: { temporary: TemporaryFiles.ephemeral(wrong) } })],
  ['reads', 'fromReplicas', (wrong) => ({ reads: { from: Reads.fromReplicas(wrong) } })],
  ['reads', 'fallBackToPrimary', (wrong) => ({ reads: { from: Reads.fromReplicas({ fallBackToPrimary: wrong }) } })],
  ['services', 'nodePort', (wrong) => ({ services: { read: { exposure: Exposure.nodePort(wrong) } } })],
  ['services', 'loadBalancer', (wrong) => ({ services: { read: { exposure: Exposure.loadBalancer(wrong) } } })],
  ...Object.keys(options.exposure).map((option): [string, string, (wrong: never) => object] => [
    'services',
    `loadBalancer with ${option}`,
    (wrong) => ({ services: { read: { exposure: Exposure.loadBalancer({ ...options.exposure, [option]: wrong }) } } }),
  ]),
])('%s: %s of any kind', (prop, _, props) => {
  for (const wrong of WRONG) {
    expectNamed(
      refusal((chart) => new ReplicatedMySql(chart, 'construct', props(wrong as never))),
      prop,
    );
  }
});

test.each(WRONG)('version: of(%p) names what it takes', (wrong) => {
  expect(() => MySqlVersion.of(wrong as never)).toThrow(/^version: .* Use one of /);
});
