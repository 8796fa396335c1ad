import { Chart, Duration, Size } from 'cdk8s';
import { Cpu, k8s, PodManagementPolicy } from 'cdk8s-plus-28';
import { IConstruct } from 'constructs';
import { certificateName } from './names';
import { CloneMethod } from './options/clone-method';
import { Credentials } from './options/credentials';
import { ExtrasProps } from './options/extras';
import { ImageProps } from './options/images';
import { Initialize } from './options/initialize';
import { MetadataProps } from './options/metadata';
import { NetworkProps } from './options/network';
import { OpeningProps } from './options/opening';
import { ReplicatedMySqlProps } from './options/props';
import { Reads, ReadsProps } from './options/reads';
import { ResourceProps } from './options/resources';
import { SchedulingProps } from './options/scheduling';
import { ServicesProps } from './options/services';
import { SettingsProps } from './options/settings';
import { ClaimRetention, StorageProps, TemporaryFiles } from './options/storage';
import { TerminationProps } from './options/termination';
import { Tls } from './options/tls';
import { UpdateProps } from './options/update';
import { UserProps } from './options/users';
import { MySqlVersion } from './options/version/version';
import { Resolved, ResolvedService, resolveService } from './resolved';

/** `ReplicatedMySqlProps`, field by field, with every default in place. */
export interface Cluster {
  /** The construct that the props belong to. */
  readonly construct: IConstruct;
  readonly name: string;
  readonly namespace?: string;
  readonly replicas: number;
  readonly serverIdBase: number;
  readonly version: MySqlVersion;
  readonly cloneMethod: CloneMethod;
  readonly images: Resolved<ImageProps, 'server' | 'pullSecrets'>;
  readonly storage: Resolved<StorageProps, 'size' | 'accessModes' | 'claimRetention' | 'temporary'>;
  readonly resources: Resolved<ResourceProps>;
  readonly settings: SettingsProps;
  readonly credentials: Credentials;
  readonly tls: Tls;
  /** Name of the Secret with the certificate. Undefined where each server makes its own. */
  readonly tlsSecretName?: string;
  readonly databases: readonly string[];
  readonly users: readonly Resolved<UserProps, 'grants' | 'roles' | 'hosts'>[];
  readonly initialize: Initialize;
  readonly opening: OpeningProps;
  readonly metadata: MetadataProps;
  readonly scheduling: Resolved<SchedulingProps, 'topologySpreadConstraints'>;
  readonly extras: ExtrasProps;
  readonly podManagementPolicy: PodManagementPolicy;
  readonly update: Resolved<UpdateProps>;
  /** `clients` and `egress` have defaults that depend on other props: objects/network-policy.ts. */
  readonly network: Resolved<NetworkProps, 'policy'>;
  /** Without a budget, `maxUnavailable` has no default. */
  readonly disruption:
    | { readonly budget: true; readonly maxUnavailable: number }
    | { readonly budget: false; readonly maxUnavailable?: number };
  readonly reads: Resolved<ReadsProps, 'from' | 'maxStandstill'>;
  readonly services: { readonly [Service in keyof ServicesProps]-?: ResolvedService };
  readonly termination: Resolved<TerminationProps>;
  /** Labels of every object. */
  readonly labels: Record<string, string>;
  /** Labels that select the pods, and no pod of an application that has the same label `app`. */
  readonly selector: Record<string, string>;
}

/** Puts the defaults in place. */
export function resolveCluster(construct: IConstruct, props: ReplicatedMySqlProps): Cluster {
  const name = props.name ?? 'mysql';
  const version = props.version ?? MySqlVersion.V8_4;
  const cloneMethod = props.cloneMethod ?? defaultCloneMethod(version, props.images);
  const tls = props.tls ?? Tls.generated();
  const selector = {
    app: name,
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/component': 'database',
  };
  const mirrored = (image: string) => (props.images?.registry ? `${props.images.registry}/${image}` : image);
  return {
    construct,
    name,
    namespace: props.namespace ?? Chart.of(construct).namespace,
    replicas: props.replicas ?? 3,
    serverIdBase: props.serverIdBase ?? 100,
    version,
    cloneMethod,
    images: {
      ...props.images,
      server: props.images?.server ?? mirrored(version._image),
      xtrabackup: props.images?.xtrabackup ?? (version._xtrabackupImage && mirrored(version._xtrabackupImage)),
      pullSecrets: props.images?.pullSecrets ?? [],
    },
    storage: {
      ...props.storage,
      size: props.storage?.size ?? Size.gibibytes(10),
      accessModes: props.storage?.accessModes ?? ['ReadWriteOnce'],
      claimRetention: props.storage?.claimRetention ?? ClaimRetention.retain(),
      temporary: props.storage?.temporary ?? TemporaryFiles.onVolume(),
    },
    resources: {
      mysql: props.resources?.mysql ?? { requests: { cpu: Cpu.millis(500), memory: Size.gibibytes(1) } },
      xtrabackup: props.resources?.xtrabackup ?? { requests: { cpu: Cpu.millis(100), memory: cloneMethod._memory } },
    },
    settings: props.settings ?? {},
    credentials: props.credentials ?? Credentials.fromSecret(name),
    tls,
    tlsSecretName: tls._source === 'fromCertManager' ? certificateName(name) : tls._secretName,
    databases: props.databases ?? [],
    users: (props.users ?? []).map((user) => ({
      ...user,
      grants: user.grants ?? [],
      roles: user.roles ?? [],
      hosts: user.hosts ?? ['%'],
    })),
    initialize: props.initialize ?? Initialize.ifEmpty(),
    opening: props.opening ?? {},
    metadata: props.metadata ?? {},
    scheduling: {
      ...props.scheduling,
      topologySpreadConstraints: props.scheduling?.topologySpreadConstraints ?? [overNodes(selector)],
    },
    extras: props.extras ?? {},
    podManagementPolicy: props.podManagementPolicy ?? PodManagementPolicy.PARALLEL,
    update: { partition: props.update?.partition ?? 0 },
    network: { ...props.network, policy: props.network?.policy ?? true },
    disruption:
      props.disruption?.budget === false
        ? { budget: false, maxUnavailable: props.disruption.maxUnavailable }
        : { budget: true, maxUnavailable: props.disruption?.maxUnavailable ?? 1 },
    reads: {
      ...props.reads,
      from: props.reads?.from ?? Reads.everywhere(),
      maxStandstill: props.reads?.maxStandstill ?? Duration.minutes(10),
    },
    services: {
      primary: resolveService(props.services?.primary ?? {}),
      read: resolveService(props.services?.read ?? {}),
    },
    termination: {
      preStop: props.termination?.preStop ?? Duration.seconds(5),
      gracePeriod: props.termination?.gracePeriod ?? Duration.minutes(5),
    },
    labels: {
      ...selector,
      'app.kubernetes.io/name': 'mysql',
      'app.kubernetes.io/version': version.tag,
      'app.kubernetes.io/managed-by': 'cdk8s',
    },
    selector,
  };
}

function defaultCloneMethod({ _facts: facts }: MySqlVersion, images: ImageProps = {}): CloneMethod {
  const plugin = facts.hasClonePlugin && facts.imageHasGawk && images.xtrabackup === undefined;
  return plugin ? CloneMethod.clonePlugin() : CloneMethod.xtraBackup();
}

function overNodes(selector: Record<string, string>): k8s.TopologySpreadConstraint {
  return {
    maxSkew: 1,
    topologyKey: 'kubernetes.io/hostname',
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: selector },
  };
}
