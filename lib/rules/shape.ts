import { k8s, PodManagementPolicy } from 'cdk8s-plus-28';
import { CloneMethod, ClonePluginOptions, XtraBackupOptions } from '../options/clone-method';
import { CredentialKeys, Credentials } from '../options/credentials';
import { DisruptionProps } from '../options/disruption';
import { ExtrasProps } from '../options/extras';
import { ImageProps } from '../options/images';
import { IfEmptyOptions, Initialize } from '../options/initialize';
import { MetadataProps } from '../options/metadata';
import { CidrOptions, Client, Destination, NetworkProps, PodsOptions } from '../options/network';
import { OpeningProps } from '../options/opening';
import { ReplicatedMySqlProps } from '../options/props';
import { FromReplicasOptions, Reads, ReadsProps } from '../options/reads';
import { ContainerResources, ResourceAmounts, ResourceProps } from '../options/resources';
import { SchedulingProps } from '../options/scheduling';
import { Exposure, LoadBalancerOptions, ServiceProps, ServicesProps } from '../options/services';
import { SettingsProps } from '../options/settings';
import { ClaimRetention, EmptyDirOptions, EphemeralOptions, StorageProps, TemporaryFiles } from '../options/storage';
import { TerminationProps } from '../options/termination';
import { CertManagerOptions, Tls, TlsVersion } from '../options/tls';
import { UpdateProps } from '../options/update';
import { Grant, GrantObject, Password, PasswordOptions, UserProps } from '../options/users';
import { MySqlVersion } from '../options/version/version';
import { flag, group, instance, kubernetes, like, list, map, number, oneOf, Shape, text } from './kinds';

export const size = like('Size', 'toKibibytes', 'Size.gibibytes(10)');
export const claimRetention = instance(ClaimRetention, 'ClaimRetention.retain()');
export const podManagementPolicy = oneOf(
  'a PodManagementPolicy',
  Object.values(PodManagementPolicy),
  'PodManagementPolicy.PARALLEL',
);

const duration = (example: string) => like('Duration', 'toSeconds', example);
export const labels = map('{ key: "value" }', text('"value"'));
const options = map('{ max_connections: "500" }'); // the rules on settings look at each value

const storageClassName = text('"fast"');
const temporary = instance<TemporaryFiles, EmptyDirOptions & EphemeralOptions>(
  TemporaryFiles,
  'TemporaryFiles.onVolume()',
  { sizeLimit: size, size, storageClassName },
  ({ _place: place, _options: options }) => ({
    ...options,
    ...(place === 'emptyDir' ? { sizeLimit: options.sizeLimit ?? null } : {}),
    ...(place === 'ephemeral' ? { size: options.size ?? null } : {}),
  }),
);

const amounts = group<ResourceAmounts>(
  { cpu: like('Cpu', 'amount', 'Cpu.millis(500)'), memory: size, ephemeralStorage: size },
  '{ memory: Size.gibibytes(1) }',
);
const resources = group<ContainerResources>(
  { requests: amounts, limits: amounts },
  '{ requests: { memory: Size.gibibytes(1) } }',
);

const key = text('the name of a key');
const keys = group<CredentialKeys>({ root: key, replication: key, backup: key, probe: key }, '{ root: "admin" }');

/** The kinds of the props of a Service for clients. */
export const serviceShape: Shape<ServiceProps> = {
  exposure: instance<Exposure, LoadBalancerOptions>(
    Exposure,
    'Exposure.loadBalancer()',
    {
      nodePort: number('30306'),
      sourceRanges: list(text('"203.0.113.0/24"')),
      externalTrafficPolicy: text('"Local"'),
      loadBalancerClass: text('"example.com/internal"'),
    },
    ({ _options: options }) => options,
  ),
  annotations: labels,
  sessionAffinity: duration('Duration.hours(3)'),
  ipFamilyPolicy: text('"PreferDualStack"'),
  ipFamilies: list(text('"IPv4"')),
};
const service = group(serviceShape, '{ exposure: Exposure.loadBalancer() }');

export const update = group<UpdateProps>({ partition: number('0') }, '{ partition: 0 }');

const tls = instance<Tls, { secret: string } & CertManagerOptions>(
  Tls,
  'Tls.generated()',
  {
    secret: text('the name of a Secret'),
    requireTls: flag,
    minimumVersion: oneOf('a TlsVersion', Object.values(TlsVersion), 'TlsVersion.V1_3'),
    clusterDomain: text('"cluster.local"'),
    issuer: text('"internal"'),
    kind: text('"ClusterIssuer"'),
    group: text('"cert-manager.io"'),
    duration: duration('Duration.days(90)'),
    renewBefore: duration('Duration.days(30)'),
  },
  ({ _source, _options, _secretName }) => ({
    ..._options,
    ...(_source === 'fromSecret' ? { secret: _secretName ?? null } : {}),
    ...(_source === 'fromCertManager' ? { issuer: _options.issuer ?? null } : {}),
  }),
);

const password = instance<Password, { key: string } & PasswordOptions>(
  Password,
  'Password.fromKey("shop-password")',
  { key, keepOld: duration('Duration.hours(1)') },
  ({ key, _options }) => ({ ..._options, key: key ?? null }),
);
const grant = instance<Grant, { privileges: string[]; on: GrantObject }>(
  Grant,
  'Grant.readWrite("shop")',
  {
    privileges: list(text('"SELECT"')),
    on: group<GrantObject>({ database: text('"shop"'), table: text('"orders"') }, '{ database: "shop" }'),
  },
  ({ _privileges, _on }) => ({ privileges: _privileges ?? null, on: _on ?? null }),
);
const user = group<UserProps>(
  {
    name: text('"shop"'),
    password,
    grants: list(grant),
    roles: list(text('"reporting"')),
    hosts: list(text('"%"')),
    requireTls: flag,
    requireX509: flag,
    maxConnections: number('100'),
  },
  '{ name: "shop", password: Password.fromKey("shop-password") }',
  ['name', 'password'],
);

/** A side of connections. */
const side = (type: typeof Client | typeof Destination) =>
  instance<Client | Destination, PodsOptions & CidrOptions & { cidr: string }>(
    type,
    `${type.name}.pods()`,
    {
      labels,
      namespace: text('"shop"'),
      namespaceLabels: labels,
      cidr: text('"203.0.113.0/24"'),
      except: list(text('"203.0.113.7/32"')),
      ports: list(number('3306')),
    },
    ({ _kind, _options }) => ({ ..._options, ...(_kind === 'cidr' ? { cidr: _options.cidr ?? null } : {}) }),
  );

/** The kind of each prop of `ReplicatedMySql`. */
export const clusterShape: Shape<ReplicatedMySqlProps> = {
  name: text('"mysql"'),
  namespace: text('"shop"'),
  replicas: number('3'),
  serverIdBase: number('100'),
  version: instance(MySqlVersion, 'MySqlVersion.V8_4, or MySqlVersion.of() for one release'),
  cloneMethod: instance<CloneMethod, XtraBackupOptions & ClonePluginOptions>(
    CloneMethod,
    'CloneMethod.xtraBackup() or CloneMethod.clonePlugin()',
    { parallel: number('4'), compression: flag, maxBandwidth: size },
    ({ _options: options }) => options,
  ),
  images: group<ImageProps>(
    {
      server: text('"mysql:8.4"'),
      xtrabackup: text('"percona/percona-xtrabackup:8.4"'),
      registry: text('"registry.example.com/mirror"'),
      pullPolicy: text('"IfNotPresent"'),
      pullSecrets: list(text('"registry"')),
    },
    '{ registry: "registry.example.com/mirror" }',
  ),
  storage: group<StorageProps>(
    { size, storageClassName, accessModes: list(text('"ReadWriteOnce"')), claimRetention, temporary },
    '{ size: Size.gibibytes(10) }',
  ),
  resources: group<ResourceProps>(
    { mysql: resources, xtrabackup: resources },
    '{ mysql: { requests: { memory: Size.gibibytes(1) } } }',
  ),
  settings: group<SettingsProps>(
    { all: options, primary: options, replica: options },
    '{ all: { max_connections: "500" } }',
  ),
  credentials: instance<Credentials, { secret: string; keys: object }>(
    Credentials,
    'Credentials.fromSecret()',
    { secret: text('the name of a Secret'), keys },
    ({ _insecure: insecure, secretName, _options: options }) =>
      insecure ? {} : { secret: secretName ?? null, keys: options },
  ),
  tls,
  databases: list(text('"shop"')),
  users: list(user),
  initialize: instance<Initialize, IfEmptyOptions>(
    Initialize,
    'Initialize.never(), or another of its methods',
    { sql: text('"CREATE DATABASE shop;"') },
    ({ _options }) => _options,
  ),
  metadata: group<MetadataProps>(
    { podLabels: labels, podAnnotations: labels, serviceLabels: labels, serviceAnnotations: labels },
    '{ podLabels: { team: "blue" } }',
  ),
  scheduling: group<SchedulingProps>(
    {
      affinity: kubernetes('k8s.Affinity', k8s.toJson_Affinity),
      tolerations: list(kubernetes('k8s.Toleration', k8s.toJson_Toleration)),
      nodeSelector: labels,
      topologySpreadConstraints: list(kubernetes('k8s.TopologySpreadConstraint', k8s.toJson_TopologySpreadConstraint)),
      priorityClassName: text('"important"'),
    },
    '{ nodeSelector: { disk: "ssd" } }',
  ),
  extras: group<ExtrasProps>(
    {
      containers: list(kubernetes('k8s.Container', k8s.toJson_Container, ['name'])),
      initContainers: list(kubernetes('k8s.Container', k8s.toJson_Container, ['name'])),
      volumes: list(kubernetes('k8s.Volume', k8s.toJson_Volume, ['name'])),
      volumeMounts: list(kubernetes('k8s.VolumeMount', k8s.toJson_VolumeMount, ['name', 'mountPath'])),
      env: list(kubernetes('k8s.EnvVar', k8s.toJson_EnvVar, ['name'])),
    },
    '{ volumes: [{ name: "cache", emptyDir: {} }] }',
  ),
  podManagementPolicy,
  update,
  network: group<NetworkProps>(
    { policy: flag, clients: list(side(Client)), egress: list(side(Destination)) },
    '{ clients: [Client.pods()] }',
  ),
  disruption: group<DisruptionProps>({ budget: flag, maxUnavailable: number('1') }, '{ maxUnavailable: 1 }'),
  reads: group<ReadsProps>(
    {
      from: instance<Reads, FromReplicasOptions>(
        Reads,
        'Reads.fromReplicas()',
        { fallBackToPrimary: flag },
        ({ _options: options }) => options,
      ),
      maxLag: duration('Duration.seconds(30)'),
      maxStandstill: duration('Duration.minutes(10)'),
    },
    '{ maxLag: Duration.seconds(30) }',
  ),
  services: group<ServicesProps>(
    { primary: service, read: service },
    '{ read: { exposure: Exposure.loadBalancer() } }',
  ),
  opening: group<OpeningProps>(
    { waitForPeers: duration('Duration.minutes(15)') },
    '{ waitForPeers: Duration.minutes(15) }',
  ),
  termination: group<TerminationProps>(
    { preStop: duration('Duration.seconds(5)'), gracePeriod: duration('Duration.minutes(5)') },
    '{ gracePeriod: Duration.minutes(5) }',
  ),
};
