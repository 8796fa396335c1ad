import { Duration, Size } from 'cdk8s';
import { Cpu, k8s, PodManagementPolicy } from 'cdk8s-plus-28';
import {
  ClaimRetention,
  Credentials,
  Exposure,
  Initialize,
  MySqlVersion,
  Reads,
  ReplicatedMySqlProps,
} from '../../lib';
import { synth } from '../support/manifests';

/** What one prop changes: what stands at places of the YAML without it, and with it. */
interface Reach {
  readonly props: ReplicatedMySqlProps;
  readonly reaches: Record<string, { readonly byDefault: unknown; readonly given: unknown }>;
}

type Groups =
  | 'images'
  | 'storage'
  | 'resources'
  | 'settings'
  | 'metadata'
  | 'scheduling'
  | 'update'
  | 'network'
  | 'disruption'
  | 'reads'
  | 'services'
  | 'termination';

/** Every prop, those of groups as `group.prop`. Those that do more than to set a value have tests of their own below. */
type Prop = Exclude<
  {
    [K in keyof ReplicatedMySqlProps]-?: K extends Groups
      ? `${K}.${Extract<keyof NonNullable<ReplicatedMySqlProps[K]>, string>}`
      : K;
  }[keyof ReplicatedMySqlProps],
  'name' | 'version' | 'cloneMethod' | 'network.policy' | 'disruption.budget'
>;

const SERVICES = ['Service/mysql', 'Service/mysql-primary', 'Service/mysql-read'];
const SPEC = 'StatefulSet/mysql: spec';
const POD = `${SPEC}.template.spec`;
const CONTAINERS = {
  init: `${POD}.initContainers[init-mysql]`,
  clone: `${POD}.initContainers[clone-mysql]`,
  mysql: `${POD}.containers[mysql]`,
  xtrabackup: `${POD}.containers[xtrabackup]`,
};
const SERVER_CONTAINERS = [CONTAINERS.init, CONTAINERS.mysql];
const XTRABACKUP_CONTAINERS = [CONTAINERS.clone, CONTAINERS.xtrabackup];

/** The same change at the same field of several places. */
function each(places: string[], field: string, byDefault: unknown, given: unknown): Reach['reaches'] {
  return Object.fromEntries(places.map((place) => [place + field, { byDefault, given }]));
}

const has = (text: string): unknown => expect.stringContaining(text);
const hasNot = (text: string): unknown => expect.not.stringContaining(text);

const affinity: k8s.Affinity = {
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] }],
    },
  },
};
const spread = { maxSkew: 2, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' };
const outside = Exposure.loadBalancer({ sourceRanges: ['203.0.113.0/24'] });
const clients: k8s.NetworkPolicyPeer[] = [{ podSelector: { matchLabels: { 'talks-to': 'mysql' } } }];

// A prop that is missing here does not compile.
const reach: Record<Prop, Reach> = {
  namespace: {
    props: { namespace: 'shop' },
    reaches: each(
      ['ConfigMap/mysql', ...SERVICES, 'NetworkPolicy/mysql', 'PodDisruptionBudget/mysql', 'StatefulSet/mysql'],
      ': metadata.namespace',
      undefined,
      'shop',
    ),
  },
  replicas: {
    props: { replicas: 5 },
    reaches: {
      ...each([SPEC], '.replicas', 3, 5),
      ...each(['ConfigMap/mysql: data'], '.replicas', '3', '5'),
    },
  },
  serverIdBase: {
    props: { serverIdBase: 7000 },
    reaches: each(
      [CONTAINERS.init],
      '.command[2]',
      has('$((100 + ${HOSTNAME##*-}))'),
      has('$((7000 + ${HOSTNAME##*-}))'),
    ),
  },
  'images.server': {
    props: { images: { server: 'example.com/mysql:mine' } },
    reaches: each(SERVER_CONTAINERS, '.image', 'mysql:8.4', 'example.com/mysql:mine'),
  },
  'images.xtrabackup': {
    props: { images: { xtrabackup: 'example.com/xtrabackup:mine' } },
    reaches: each(XTRABACKUP_CONTAINERS, '.image', 'percona/percona-xtrabackup:8.4', 'example.com/xtrabackup:mine'),
  },
  'images.registry': {
    props: { images: { registry: 'mirror.example.com/hub' } },
    reaches: {
      ...each(SERVER_CONTAINERS, '.image', 'mysql:8.4', 'mirror.example.com/hub/mysql:8.4'),
      ...each(
        XTRABACKUP_CONTAINERS,
        '.image',
        'percona/percona-xtrabackup:8.4',
        'mirror.example.com/hub/percona/percona-xtrabackup:8.4',
      ),
    },
  },
  'images.pullPolicy': {
    props: { images: { pullPolicy: 'Always' } },
    reaches: each([...SERVER_CONTAINERS, ...XTRABACKUP_CONTAINERS], '.imagePullPolicy', undefined, 'Always'),
  },
  'images.pullSecrets': {
    props: { images: { pullSecrets: ['hub', 'mirror'] } },
    reaches: each([POD], '.imagePullSecrets', undefined, [{ name: 'hub' }, { name: 'mirror' }]),
  },
  'storage.size': {
    props: { storage: { size: Size.gibibytes(250) } },
    reaches: each([SPEC], '.volumeClaimTemplates[data].spec.resources.requests.storage', '10Gi', '250Gi'),
  },
  'storage.storageClassName': {
    props: { storage: { storageClassName: 'fast' } },
    reaches: each([SPEC], '.volumeClaimTemplates[data].spec.storageClassName', undefined, 'fast'),
  },
  'storage.accessModes': {
    props: { storage: { accessModes: ['ReadWriteOncePod'] } },
    reaches: each([SPEC], '.volumeClaimTemplates[data].spec.accessModes', ['ReadWriteOnce'], ['ReadWriteOncePod']),
  },
  'storage.claimRetention': {
    props: { storage: { claimRetention: ClaimRetention.deleteWhenUnused() } },
    reaches: each([SPEC], '.persistentVolumeClaimRetentionPolicy', undefined, {
      whenDeleted: 'Delete',
      whenScaled: 'Delete',
    }),
  },
  'resources.mysql': {
    props: {
      resources: {
        mysql: {
          requests: { cpu: Cpu.units(2), memory: Size.gibibytes(8) },
          limits: { memory: Size.gibibytes(12) },
        },
      },
    },
    reaches: each(
      SERVER_CONTAINERS,
      '.resources',
      { requests: { cpu: '500m', memory: '1Gi' } },
      { requests: { cpu: '2', memory: '8Gi' }, limits: { memory: '12Gi' } },
    ),
  },
  'resources.xtrabackup': {
    props: { resources: { xtrabackup: { limits: { cpu: Cpu.millis(250), memory: Size.mebibytes(512) } } } },
    reaches: each(
      XTRABACKUP_CONTAINERS,
      '.resources',
      { requests: { cpu: '100m', memory: '100Mi' } },
      { limits: { cpu: '250m', memory: '512Mi' } },
    ),
  },
  'settings.all': {
    props: { settings: { all: { max_connections: '500' } } },
    reaches: each(
      ['ConfigMap/mysql: data[primary.cnf]', 'ConfigMap/mysql: data[replica.cnf]'],
      '',
      hasNot('max-connections'),
      has('\nmax-connections=500\n'),
    ),
  },
  'settings.primary': {
    props: { settings: { primary: { max_connections: '500' } } },
    reaches: each(
      ['ConfigMap/mysql: data[primary.cnf]'],
      '',
      hasNot('max-connections'),
      has('\nmax-connections=500\n'),
    ),
  },
  'settings.replica': {
    props: { settings: { replica: { max_connections: '500' } } },
    reaches: each(
      ['ConfigMap/mysql: data[replica.cnf]'],
      '',
      hasNot('max-connections'),
      has('\nmax-connections=500\n'),
    ),
  },
  credentials: {
    props: { credentials: Credentials.fromSecret('vault', { root: 'admin' }) },
    reaches: {
      ...each([POD], '.volumes[credentials].secret.secretName', 'mysql', 'vault'),
      ...each([POD], '.volumes[credentials].secret.items[0].key', 'root-password', 'admin'),
      ...each([CONTAINERS.init], '.command[2]', has('\nroot root-password\n'), has('\nroot admin\n')),
    },
  },
  initialize: {
    props: { initialize: Initialize.never() },
    reaches: each(['ConfigMap/mysql: data'], '.initialize', 'ifEmpty', 'never'),
  },
  'metadata.podLabels': {
    props: { metadata: { podLabels: { team: 'blue' } } },
    reaches: each([SPEC], '.template.metadata.labels.team', undefined, 'blue'),
  },
  'metadata.podAnnotations': {
    props: { metadata: { podAnnotations: { 'example.com/scrape': 'true' } } },
    reaches: each([SPEC], '.template.metadata.annotations[example.com/scrape]', undefined, 'true'),
  },
  'metadata.serviceLabels': {
    props: { metadata: { serviceLabels: { team: 'blue' } } },
    reaches: each(SERVICES, ': metadata.labels.team', undefined, 'blue'),
  },
  'metadata.serviceAnnotations': {
    props: { metadata: { serviceAnnotations: { 'example.com/dns': 'db' } } },
    reaches: each(SERVICES, ': metadata.annotations', undefined, {
      'example.com/dns': 'db',
    }),
  },
  'scheduling.affinity': {
    props: { scheduling: { affinity } },
    reaches: each([POD], '.affinity', undefined, affinity),
  },
  'scheduling.tolerations': {
    props: { scheduling: { tolerations: [{ key: 'database', operator: 'Exists' }] } },
    reaches: each([POD], '.tolerations', undefined, [{ key: 'database', operator: 'Exists' }]),
  },
  'scheduling.nodeSelector': {
    props: { scheduling: { nodeSelector: { disk: 'ssd' } } },
    reaches: each([POD], '.nodeSelector', undefined, { disk: 'ssd' }),
  },
  'scheduling.topologySpreadConstraints': {
    props: { scheduling: { topologySpreadConstraints: [spread] } },
    reaches: each(
      [POD],
      '.topologySpreadConstraints',
      [
        {
          maxSkew: 1,
          topologyKey: 'kubernetes.io/hostname',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: { app: 'mysql' } },
        },
      ],
      [spread],
    ),
  },
  'scheduling.priorityClassName': {
    props: { scheduling: { priorityClassName: 'important' } },
    reaches: each([POD], '.priorityClassName', undefined, 'important'),
  },
  podManagementPolicy: {
    props: { podManagementPolicy: PodManagementPolicy.ORDERED_READY },
    reaches: {
      ...each([SPEC], '.podManagementPolicy', 'Parallel', 'OrderedReady'),
      ...each(['ConfigMap/mysql: data'], '.podManagementPolicy', 'Parallel', 'OrderedReady'),
    },
  },
  'update.partition': {
    props: { update: { partition: 2 } },
    reaches: each([SPEC], '.updateStrategy.rollingUpdate.partition', 0, 2),
  },
  'network.clients': {
    props: { network: { clients } },
    reaches: each(['NetworkPolicy/mysql'], ': spec.ingress[1].from', [{ podSelector: {} }], clients),
  },
  'disruption.maxUnavailable': {
    props: { disruption: { maxUnavailable: 2 } },
    reaches: each(['PodDisruptionBudget/mysql'], ': spec.maxUnavailable', 1, 2),
  },
  'reads.from': {
    props: { reads: { from: Reads.fromReplicas() } },
    reaches: {
      ...each(
        ['Service/mysql-read'],
        ': spec.selector',
        { app: 'mysql' },
        {
          app: 'mysql',
          'replicated-mysql/reads': 'true',
        },
      ),
      ...each([CONTAINERS.xtrabackup], '.command[2]', hasNot('keep_reads_label'), has('\nkeep_reads_label &\n')),
      ...each([POD], '.serviceAccountName', undefined, 'mysql'),
    },
  },
  'reads.maxLag': {
    props: { reads: { maxLag: Duration.minutes(1) } },
    reaches: each([CONTAINERS.xtrabackup], '.command[2]', hasNot('behind'), has('((behind > 60))')),
  },
  'services.primary': {
    props: { services: { primary: { exposure: outside, annotations: { 'example.com/dns': 'db' } } } },
    reaches: {
      ...each(['Service/mysql-primary'], ': spec.type', undefined, 'LoadBalancer'),
      ...each(['Service/mysql-primary'], ': metadata.annotations[example.com/dns]', undefined, 'db'),
      ...each(['Service/mysql', 'Service/mysql-read'], ': spec.type', undefined, undefined),
    },
  },
  'services.read': {
    props: { services: { read: { exposure: outside, sessionAffinity: Duration.minutes(10) } } },
    reaches: {
      ...each(['Service/mysql-read'], ': spec.type', undefined, 'LoadBalancer'),
      ...each(['Service/mysql-read'], ': spec.sessionAffinityConfig', undefined, { clientIP: { timeoutSeconds: 600 } }),
      ...each(['Service/mysql', 'Service/mysql-primary'], ': spec.type', undefined, undefined),
    },
  },
  'termination.preStop': {
    props: { termination: { preStop: Duration.seconds(15) } },
    reaches: each([CONTAINERS.mysql], '.lifecycle.preStop.exec.command[2]', has('\nsleep 5\n'), has('\nsleep 15\n')),
  },
  'termination.gracePeriod': {
    props: { termination: { gracePeriod: Duration.minutes(20) } },
    reaches: each([POD], '.terminationGracePeriodSeconds', 300, 1200),
  },
};

describe.each(Object.entries(reach))('%s', (_, { props, reaches }) => {
  test.each(Object.entries(reaches))('reaches %s', (place, { byDefault, given }) => {
    expect(synth().at(place)).toEqual(byDefault);
    expect(synth(props).at(place)).toEqual(given);
  });
});

test('name names every object and all that refers to them', () => {
  const orders = synth({ name: 'orders' });
  expect(orders.names).toEqual([
    'ConfigMap/orders',
    'Service/orders',
    'Service/orders-primary',
    'Service/orders-read',
    'NetworkPolicy/orders',
    'PodDisruptionBudget/orders',
    'StatefulSet/orders',
  ]);
  expect(orders.at('StatefulSet/orders: spec.serviceName')).toBe('orders');
  expect(orders.at('StatefulSet/orders: spec.template.spec.volumes[config-map].configMap.name')).toBe('orders');
  expect(orders.at('StatefulSet/orders: spec.template.spec.volumes[credentials].secret.secretName')).toBe('orders');
  for (const container of ['initContainers[init-mysql]', 'initContainers[clone-mysql]', 'containers[xtrabackup]']) {
    expect(orders.at(`StatefulSet/orders: spec.template.spec.${container}.command[2]`)).toMatch(/\bservice=orders\b/);
  }
});

test('version is 8.4 unless another is given', () => {
  expect(synth({ version: MySqlVersion.V8_4 })).toEqual(synth());
  expect(synth().at('StatefulSet/mysql: metadata.labels[app.kubernetes.io/version]')).toBe('8.4');
});

test('network.policy: false leaves the NetworkPolicy out', () => {
  expect(synth().names).toContain('NetworkPolicy/mysql');
  expect(synth({ network: { policy: false } }).names).not.toContain('NetworkPolicy/mysql');
});

test('disruption.budget: false leaves the PodDisruptionBudget out', () => {
  expect(synth().names).toContain('PodDisruptionBudget/mysql');
  expect(synth({ disruption: { budget: false } }).names).not.toContain('PodDisruptionBudget/mysql');
});

test('what is set once a cluster runs restarts no pod', () => {
  const template = (props: ReplicatedMySqlProps) => synth(props).at('StatefulSet/mysql: spec.template');
  const set = { replicas: 5, initialize: Initialize.never(), update: { partition: 2 } };
  expect(template({ ...set, podManagementPolicy: PodManagementPolicy.ORDERED_READY })).toEqual(template({}));
});

describe('of settings', () => {
  test("a role's own go over those of every instance, which go over the library's", () => {
    const settings = {
      all: { max_connections: '1', 'binlog-expire-logs-seconds': '60' },
      replica: { 'max-connections': '2' },
    };
    const manifests = synth({ settings });
    const lines = (role: string) => String(manifests.at(`ConfigMap/mysql: data[${role}.cnf]`)).split('\n');
    const about = (role: string) => lines(role).filter((line) => /^(max|binlog-expire)/.test(line));
    expect(about('primary')).toEqual(['binlog-expire-logs-seconds=60', 'max-connections=1']);
    expect(about('replica')).toEqual(['binlog-expire-logs-seconds=60', 'max-connections=2']);
  });

  test('a change changes the pod template, and so rolls the pods', () => {
    const template = (value: string) =>
      synth({ settings: { replica: { max_connections: value } } }).at('StatefulSet/mysql: spec.template.metadata');
    expect(template('1')).toEqual(template('1'));
    expect(template('1')).not.toEqual(template('2'));
  });
});

test.each([
  [ClaimRetention.retain(), undefined],
  [ClaimRetention.deleteWhenScaledDown(), { whenDeleted: 'Retain', whenScaled: 'Delete' }],
  [ClaimRetention.deleteWithStatefulSet(), { whenDeleted: 'Delete', whenScaled: 'Retain' }],
])('of storage, %j leaves or takes claims', (claimRetention, policy) => {
  expect(synth({ storage: { claimRetention } }).at(`${SPEC}.persistentVolumeClaimRetentionPolicy`)).toEqual(policy);
});
