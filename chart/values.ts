import { propComments } from './comments';

/** JSON Schema of a value. */
type Schema = Readonly<Record<string, unknown>>;

/** A value of the chart, or a group of values. */
export interface Value {
  /** The prop that it stands for, `Interface.prop`: its documentation is that of the value. */
  readonly prop?: string;
  /** What the documentation of the prop does not say, such as the unit. */
  readonly note?: string;
  /** The values of a group, which has neither a schema nor a default of its own. */
  readonly values?: Values;
  /** The values of each element of a list. Helm gives them no default. */
  readonly items?: Values;
  /** Whether each element has it. */
  readonly required?: boolean;
  readonly schema?: Schema;
  readonly default?: unknown;
}

export interface Values {
  readonly [name: string]: Value;
}

const optional = ({ type, ...schema }: Schema): Schema => ({ type: [type, 'null'].flat(), ...schema });
const integer = (minimum: number, maximum?: number): Schema => ({
  type: 'integer',
  minimum,
  ...(maximum === undefined ? {} : { maximum }),
});
const string: Schema = { type: 'string' };
const text: Schema = { type: 'string', minLength: 1 };
const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const name: Schema = { type: 'string', pattern: `^${LABEL}([.]${LABEL})*$`, maxLength: 253 };
const size: Schema = { type: 'string', pattern: '^[1-9][0-9]*(Mi|Gi|Ti)$' };
const key: Schema = { type: 'string', pattern: '^[-._a-zA-Z0-9]+$', maxLength: 253 };
const image: Schema = { type: 'string', pattern: '^[\\w./:@\\[\\]-]+$' };
const list = (items: Schema): Schema => ({ type: 'array', items });
const labels: Schema = { type: 'object', additionalProperties: { type: 'string' } };
const settings: Schema = {
  type: 'object',
  propertyNames: { pattern: '^[a-z][a-z0-9_.-]*$' },
  additionalProperties: { type: ['string', 'integer'] },
};
const oneOf = (...values: (string | null)[]): Schema => ({ enum: values });
/** A type of Kubernetes, of which the API server knows the fields. */
const kubernetes: Schema = { type: 'object' };
const named = (...fields: string[]): Schema => ({
  type: 'object',
  required: ['name', ...fields],
  properties: Object.fromEntries(['name', ...fields].map((field) => [field, text])),
});

function leaf(prop: string | undefined, initial: unknown, schema: Schema, note?: string): Value {
  return { prop, default: initial, schema, note };
}

function group(prop: string | undefined, values: Values, note?: string): Value {
  return { prop, values, note };
}

function elements(prop: string, initial: [] | null, items: Values): Value {
  return { prop, default: initial, items };
}

const required = (value: Value): Value => ({ ...value, required: true });

const amounts = (prop: string, initial: Readonly<Record<string, string | null>>): Value => ({
  prop,
  default: initial,
  schema: {
    type: 'object',
    additionalProperties: false,
    properties: {
      cpu: {
        type: ['string', 'number', 'null'],
        pattern: '^(0\\.[0-9]*[1-9][0-9]*|[1-9][0-9]*(\\.[0-9]+)?)m?$',
        exclusiveMinimum: 0,
      },
      memory: optional(size),
      'ephemeral-storage': optional(size),
    },
  },
});

const service = (prop: string): Value =>
  group(prop, {
    exposure: group('ServiceProps.exposure', {
      type: leaf(
        undefined,
        'ClusterIP',
        oneOf('ClusterIP', 'NodePort', 'LoadBalancer'),
        'ClusterIP, NodePort or LoadBalancer.',
      ),
      nodePort: leaf('NodePortOptions.nodePort', null, optional(integer(30_000, 32_767))),
      sourceRanges: leaf('NodePortOptions.sourceRanges', null, {
        type: ['array', 'null'],
        items: { type: 'string' },
        minItems: 1,
      }),
      externalTrafficPolicy: leaf('NodePortOptions.externalTrafficPolicy', 'Local', oneOf('Local', 'Cluster')),
      loadBalancerClass: leaf(
        'LoadBalancerOptions.loadBalancerClass',
        null,
        optional({ type: 'string', pattern: '^([-.a-z0-9]+/)?[a-zA-Z0-9]([-._a-zA-Z0-9]*[a-zA-Z0-9])?$' }),
      ),
    }),
    annotations: leaf('ServiceProps.annotations', {}, labels),
    sessionAffinity: leaf('ServiceProps.sessionAffinity', null, optional(integer(1, 24 * 3600))),
    ipFamilyPolicy: leaf(
      'ServiceProps.ipFamilyPolicy',
      null,
      oneOf('SingleStack', 'PreferDualStack', 'RequireDualStack', null),
    ),
    ipFamilies: leaf('ServiceProps.ipFamilies', null, {
      ...optional(list(oneOf('IPv4', 'IPv6'))),
      minItems: 1,
      uniqueItems: true,
    }),
  });

/** The other sides of connections. */
const sides: Values = {
  labels: leaf('PodsOptions.labels', undefined, labels),
  namespace: leaf('PodsOptions.namespace', undefined, { ...string, pattern: '^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$' }),
  namespaceLabels: leaf('PodsOptions.namespaceLabels', undefined, labels),
  cidr: leaf(undefined, undefined, string, 'Instead of pods: a range of addresses outside, such as 203.0.113.0/24.'),
  except: leaf('CidrOptions.except', undefined, list(string)),
  ports: leaf('PortsOptions.ports', undefined, { ...list(integer(1, 65_535)), minItems: 1 }),
};

/** The values of the chart, by the names of the props. */
export const VALUES: Values = {
  name: leaf('ReplicatedMySqlProps.name', null, optional(text), 'The default is the name of the release.'),
  replicas: leaf('ReplicatedMySqlProps.replicas', 3, integer(1)),
  serverIdBase: leaf('ReplicatedMySqlProps.serverIdBase', 100, integer(1)),
  version: leaf(
    'ReplicatedMySqlProps.version',
    '8.4',
    { type: 'string', pattern: '^(8\\.4|9\\.7)(\\.(0|[1-9][0-9]*))?$' },
    'The newest release of a series, 8.4 or 9.7, or one release such as 8.4.6. In quotes. The tag of a series moves: name one release for data that matters.',
  ),
  cloneMethod: group('ReplicatedMySqlProps.cloneMethod', {
    name: leaf(
      undefined,
      null,
      oneOf('clonePlugin', 'xtraBackup', null),
      'clonePlugin or xtraBackup. By default clonePlugin; xtraBackup with `images.xtrabackup`.',
    ),
    parallel: leaf('XtraBackupOptions.parallel', null, optional(integer(1, 128))),
    compression: leaf('XtraBackupOptions.compression', false, { type: 'boolean' }),
    maxBandwidth: leaf(
      undefined,
      null,
      optional(size),
      'Maximum that the donor sends per second, such as 100Mi. For xtraBackup a multiple of 10Mi.',
    ),
  }),
  images: group('ReplicatedMySqlProps.images', {
    server: leaf('ImageProps.server', null, optional(image)),
    xtrabackup: leaf('ImageProps.xtrabackup', null, optional(image)),
    registry: leaf('ImageProps.registry', null, optional({ ...image, pattern: '^[\\w./:@\\[\\]-]*[\\w.:@\\[\\]-]$' })),
    pullPolicy: leaf('ImageProps.pullPolicy', null, oneOf('Always', 'IfNotPresent', 'Never', null)),
    pullSecrets: leaf('ImageProps.pullSecrets', [], list(name)),
  }),
  storage: group('ReplicatedMySqlProps.storage', {
    size: leaf('StorageProps.size', '10Gi', size),
    storageClassName: leaf(
      'StorageProps.storageClassName',
      null,
      optional({ type: 'string', pattern: '^([a-z0-9]([-.a-z0-9]*[a-z0-9])?)?$', maxLength: 253 }),
    ),
    accessModes: leaf('StorageProps.accessModes', ['ReadWriteOnce'], {
      ...list(oneOf('ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany')),
      minItems: 1,
    }),
    claimRetention: leaf(
      'StorageProps.claimRetention',
      'retain',
      oneOf('retain', 'deleteWhenScaledDown', 'deleteWithStatefulSet', 'deleteWhenUnused'),
      'retain, deleteWhenScaledDown, deleteWithStatefulSet or deleteWhenUnused.',
    ),
    temporary: group('StorageProps.temporary', {
      place: leaf(
        undefined,
        'onVolume',
        oneOf('onVolume', 'emptyDir', 'ephemeral'),
        'onVolume, emptyDir or ephemeral.',
      ),
      size: leaf(
        undefined,
        null,
        optional(size),
        'Size of the emptyDir, at which the kubelet evicts the pod, or of the ephemeral volume.',
      ),
      storageClassName: leaf('EphemeralOptions.storageClassName', null, optional({ type: 'string', maxLength: 253 })),
    }),
  }),
  resources: group('ReplicatedMySqlProps.resources', {
    mysql: group('ResourceProps.mysql', {
      requests: amounts('ContainerResources.requests', { cpu: '500m', memory: '1Gi' }),
      limits: amounts('ContainerResources.limits', {}),
    }),
    xtrabackup: group('ResourceProps.xtrabackup', {
      requests: amounts('ContainerResources.requests', { cpu: '100m', memory: null }),
      limits: amounts('ContainerResources.limits', {}),
    }),
  }),
  settings: group(
    'ReplicatedMySqlProps.settings',
    {
      all: leaf('SettingsProps.all', {}, settings),
      primary: leaf('SettingsProps.primary', {}, settings),
      replica: leaf('SettingsProps.replica', {}, settings),
    },
    'Write ON and OFF in quotes, which YAML takes for booleans.',
  ),
  credentials: group('ReplicatedMySqlProps.credentials', {
    secretName: leaf(
      undefined,
      null,
      optional(name),
      'Name of the Secret with the passwords. The default is the name of the cluster.',
    ),
    keys: group(
      undefined,
      {
        root: leaf('CredentialKeys.root', 'root-password', key),
        replication: leaf('CredentialKeys.replication', 'replication-password', key),
        backup: leaf('CredentialKeys.backup', 'backup-password', key),
        probe: leaf('CredentialKeys.probe', 'probe-password', key),
      },
      'Keys of the passwords in the Secret.',
    ),
    insecure: leaf(
      undefined,
      false,
      { type: 'boolean' },
      'All passwords are empty, and root may log in from anywhere. For walk-throughs, never for real data.',
    ),
  }),
  tls: group('ReplicatedMySqlProps.tls', {
    source: leaf(
      undefined,
      'generated',
      oneOf('generated', 'fromSecret', 'fromCertManager'),
      'generated, fromSecret or fromCertManager.',
    ),
    secretName: leaf(
      undefined,
      null,
      optional(name),
      'For `fromSecret`: name of a Secret of the type kubernetes.io/tls, with tls.crt, tls.key and ca.crt.',
    ),
    issuer: leaf('CertManagerOptions.issuer', null, optional(name)),
    kind: leaf('CertManagerOptions.kind', 'Issuer', { type: 'string', pattern: '^[A-Z][A-Za-z0-9]{0,62}$' }),
    group: leaf('CertManagerOptions.group', 'cert-manager.io', name),
    duration: leaf('CertManagerOptions.duration', null, optional(integer(3600))),
    renewBefore: leaf('CertManagerOptions.renewBefore', null, optional(integer(300))),
    clusterDomain: leaf('SecretTlsOptions.clusterDomain', 'cluster.local', name),
    requireTls: leaf('TlsOptions.requireTls', false, { type: 'boolean' }),
    minimumVersion: leaf(
      'TlsOptions.minimumVersion',
      null,
      oneOf('TLSv1.2', 'TLSv1.3', null),
      'TLSv1.2 or TLSv1.3. The default is TLSv1.2.',
    ),
  }),
  databases: leaf('ReplicatedMySqlProps.databases', [], list(string)),
  users: elements('ReplicatedMySqlProps.users', [], {
    name: required(leaf('UserProps.name', undefined, { type: 'string' })),
    password: required(
      group('UserProps.password', {
        key: required(leaf(undefined, undefined, key, 'Its key in the Secret of the cluster.')),
        keepOld: leaf('PasswordOptions.keepOld', 3600, integer(0)),
      }),
    ),
    grants: elements('UserProps.grants', null, {
      readWrite: leaf(undefined, undefined, string, 'A database, to read and write its rows and to call its routines.'),
      readOnly: leaf(undefined, undefined, string, 'A database, to read its rows.'),
      owner: leaf(undefined, undefined, string, 'A database, to do everything within it.'),
      privileges: leaf(
        undefined,
        undefined,
        { ...list(string), minItems: 1 },
        'Instead of one of these three: privileges such as SELECT, on what `database` and `table` say.',
      ),
      database: leaf('GrantObject.database', null, string),
      table: leaf('GrantObject.table', null, string),
    }),
    roles: leaf('UserProps.roles', null, list(string)),
    hosts: leaf('UserProps.hosts', ['%'], {
      ...list({ type: 'string', pattern: '^[-A-Za-z0-9._%:/]{1,255}$' }),
      minItems: 1,
    }),
    requireTls: leaf('UserProps.requireTls', false, { type: 'boolean' }),
    requireX509: leaf('UserProps.requireX509', false, { type: 'boolean' }),
    maxConnections: leaf('UserProps.maxConnections', null, integer(1)),
  }),
  initialize: group('ReplicatedMySqlProps.initialize', {
    policy: leaf(
      undefined,
      'ifEmpty',
      oneOf('ifEmpty', 'never', 'fromReplica', 'adopt'),
      'ifEmpty, never, fromReplica or adopt.',
    ),
    sql: leaf('IfEmptyOptions.sql', null, optional(string), 'It has no effect once `policy` is another.'),
  }),
  opening: group('ReplicatedMySqlProps.opening', {
    waitForPeers: leaf('OpeningProps.waitForPeers', null, optional(integer(60))),
  }),
  metadata: group('ReplicatedMySqlProps.metadata', {
    podLabels: leaf('MetadataProps.podLabels', {}, labels),
    podAnnotations: leaf('MetadataProps.podAnnotations', {}, labels),
    serviceLabels: leaf('MetadataProps.serviceLabels', {}, labels),
    serviceAnnotations: leaf('MetadataProps.serviceAnnotations', {}, labels),
  }),
  scheduling: group('ReplicatedMySqlProps.scheduling', {
    affinity: leaf('SchedulingProps.affinity', {}, kubernetes),
    tolerations: leaf('SchedulingProps.tolerations', [], list(kubernetes)),
    nodeSelector: leaf('SchedulingProps.nodeSelector', {}, labels),
    topologySpreadConstraints: leaf('SchedulingProps.topologySpreadConstraints', null, optional(list(kubernetes))),
    priorityClassName: leaf('SchedulingProps.priorityClassName', null, optional(text)),
  }),
  extras: group('ReplicatedMySqlProps.extras', {
    containers: leaf('ExtrasProps.containers', [], list(named())),
    initContainers: leaf('ExtrasProps.initContainers', [], list(named())),
    volumes: leaf('ExtrasProps.volumes', [], list(named())),
    volumeMounts: leaf('ExtrasProps.volumeMounts', [], list(named('mountPath'))),
    env: leaf('ExtrasProps.env', [], list(named())),
  }),
  podManagementPolicy: leaf(
    'ReplicatedMySqlProps.podManagementPolicy',
    'Parallel',
    oneOf('Parallel', 'OrderedReady'),
    'Parallel or OrderedReady.',
  ),
  update: group('ReplicatedMySqlProps.update', { partition: leaf('UpdateProps.partition', 0, integer(0)) }),
  network: group('ReplicatedMySqlProps.network', {
    policy: leaf('NetworkProps.policy', true, { type: 'boolean' }),
    clients: elements('NetworkProps.clients', null, sides),
    egress: elements('NetworkProps.egress', null, {
      anywhere: leaf(undefined, undefined, { type: 'boolean' }, 'true: everything, instead of pods or a range.'),
      ...sides,
    }),
  }),
  disruption: group('ReplicatedMySqlProps.disruption', {
    budget: leaf('DisruptionProps.budget', true, { type: 'boolean' }),
    maxUnavailable: leaf('DisruptionProps.maxUnavailable', 1, integer(1)),
  }),
  reads: group('ReplicatedMySqlProps.reads', {
    from: leaf('ReadsProps.from', 'everywhere', oneOf('everywhere', 'replicas'), 'everywhere, or replicas.'),
    fallBackToPrimary: leaf('FromReplicasOptions.fallBackToPrimary', true, { type: 'boolean' }),
    maxLag: leaf('ReadsProps.maxLag', null, optional(integer(1))),
    maxStandstill: leaf('ReadsProps.maxStandstill', 600, integer(60)),
  }),
  services: group('ReplicatedMySqlProps.services', {
    primary: service('ServicesProps.primary'),
    read: service('ServicesProps.read'),
  }),
  termination: group('ReplicatedMySqlProps.termination', {
    preStop: leaf('TerminationProps.preStop', 5, integer(0)),
    gracePeriod: leaf('TerminationProps.gracePeriod', 300, integer(10)),
  }),
};

/** The default values. */
export function defaults(values: Values = VALUES): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value.values ? defaults(value.values) : value.default]),
  );
}

/** What Helm hands to a chart that another one depends on. No template reads it. */
const OF_PARENTS = {
  global: { description: 'Values of a chart that depends on this one, for all of its dependencies', type: 'object' },
  enabled: { description: 'Whether a chart that depends on this one installs it: its `condition`', type: 'boolean' },
};

/** The schema of the values, which Helm checks. */
export function chartSchema(): Schema {
  const { properties, ...rest } = schema() as { properties: object };
  return { ...rest, properties: { ...properties, ...OF_PARENTS } };
}

function schema(values: Values = VALUES): Schema {
  const entries = Object.entries(values);
  const required = entries.filter(([, value]) => value.required).map(([name]) => name);
  const properties = entries.map(([name, value]) => [name, { description: comment(value), ...schemaOf(value) }]);
  return {
    type: 'object',
    additionalProperties: false,
    ...(required.length ? { required } : {}),
    properties: Object.fromEntries(properties),
  };
}

function schemaOf({ values, items, schema: own, default: initial }: Value): Schema {
  if (values) return schema(values);
  if (items) return initial === null ? optional(list(schema(items))) : list(schema(items));
  return { ...own };
}

const comments = propComments();

/** The documentation of a value. */
export function comment({ prop = '', note, default: initial }: Value): string {
  const { text, byDefault } = comments.get(prop) ?? {};
  const otherwise = initial === null && !note && byDefault ? `By default: ${byDefault}.` : '';
  return [text, note, otherwise].filter(Boolean).join(' ');
}
