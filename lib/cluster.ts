import { Chart, Duration, Size } from 'cdk8s';
import { Cpu, PodManagementPolicy } from 'cdk8s-plus-28';
import { IConstruct } from 'constructs';
import { CloneMethod } from './options/clone-method';
import { Credentials } from './options/credentials';
import { Initialize } from './options/initialize';
import { MyCnf, myCnf } from './pod/my-cnf';
import { MetadataProps } from './options/metadata';
import { NetworkProps } from './options/network';
import { ReplicatedMySqlProps } from './options/props';
import { Reads } from './options/reads';
import { ContainerResources } from './options/resources';
import { SchedulingProps } from './options/scheduling';
import { ServicesProps } from './options/services';
import { SettingsProps } from './options/settings';
import { ClaimRetention } from './options/storage';
import { MySqlVersion } from './options/version/version';

/** A cluster as the props describe it, with all defaults in place. */
export interface Cluster {
  /** What was given, for rules on what a default would hide. */
  readonly given: ReplicatedMySqlProps;
  readonly name: string;
  readonly namespace?: string;
  readonly replicas: number;
  readonly serverIdBase: number;
  readonly version: MySqlVersion;
  readonly cloneMethod: CloneMethod;
  readonly images: { server: string; xtrabackup?: string; pullPolicy?: string; pullSecrets: string[] };
  readonly storage: { size: Size; storageClassName?: string; accessModes: string[]; claimRetention: ClaimRetention };
  readonly resources: { mysql: ContainerResources; xtrabackup: ContainerResources };
  readonly settings: SettingsProps;
  readonly myCnf: MyCnf;
  readonly credentials: Credentials;
  readonly initialize: Initialize;
  readonly metadata: MetadataProps;
  readonly scheduling: SchedulingProps;
  readonly podManagementPolicy: PodManagementPolicy;
  readonly partition: number;
  readonly network: NetworkProps;
  /** Instances that a drain may take at once. */
  readonly maxUnavailable: number;
  readonly services: ServicesProps;
  /** In seconds. */
  readonly maxLag?: number;
  readonly reads: Reads;
  /** In seconds. */
  readonly preStop: number;
  /** In seconds. */
  readonly gracePeriod: number;
  /** What every object carries. */
  readonly labels: Record<string, string>;
  /** What Services, the StatefulSet and the NetworkPolicy select by; only its pods carry it. */
  readonly selector: Record<string, string>;
}

/** Fills in the defaults. */
export function resolveCluster(scope: IConstruct, props: ReplicatedMySqlProps): Cluster {
  const name = props.name ?? 'mysql';
  const version = props.version ?? MySqlVersion.V8_4;
  const settings = props.settings ?? {};
  const cloneMethod =
    props.cloneMethod ?? (version.xtrabackupImage ? CloneMethod.xtraBackup() : CloneMethod.clonePlugin());
  const mirror = (image: string) => (props.images?.registry ? `${props.images.registry}/${image}` : image);
  const server = props.images?.server ?? mirror(version.image);
  return {
    given: props,
    name,
    namespace: props.namespace ?? Chart.of(scope).namespace,
    replicas: props.replicas ?? 3,
    serverIdBase: props.serverIdBase ?? 100,
    version,
    cloneMethod,
    images: {
      server,
      xtrabackup: props.images?.xtrabackup ?? (version.xtrabackupImage && mirror(version.xtrabackupImage)),
      pullPolicy: props.images?.pullPolicy,
      pullSecrets: props.images?.pullSecrets ?? [],
    },
    storage: {
      size: props.storage?.size ?? Size.gibibytes(10),
      storageClassName: props.storage?.storageClassName,
      accessModes: props.storage?.accessModes ?? ['ReadWriteOnce'],
      claimRetention: props.storage?.claimRetention ?? ClaimRetention.retain(),
    },
    resources: {
      mysql: props.resources?.mysql ?? { requests: { cpu: Cpu.millis(500), memory: Size.gibibytes(1) } },
      xtrabackup: props.resources?.xtrabackup ?? { requests: { cpu: Cpu.millis(100), memory: Size.mebibytes(100) } },
    },
    settings,
    myCnf: myCnf(version, cloneMethod, settings),
    credentials: props.credentials ?? Credentials.fromSecret(name),
    initialize: props.initialize ?? Initialize.ifEmpty(),
    metadata: props.metadata ?? {},
    scheduling: props.scheduling ?? {},
    podManagementPolicy: props.podManagementPolicy ?? PodManagementPolicy.PARALLEL,
    partition: props.update?.partition ?? 0,
    network: props.network ?? {},
    maxUnavailable: props.disruption?.maxUnavailable ?? 1,
    services: props.services ?? {},
    reads: props.reads?.from ?? Reads.everywhere(),
    maxLag: props.reads?.maxLag?.toSeconds({ integral: false }),
    preStop: (props.termination?.preStop ?? Duration.seconds(5)).toSeconds({ integral: false }),
    gracePeriod: (props.termination?.gracePeriod ?? Duration.minutes(5)).toSeconds({ integral: false }),
    labels: {
      app: name,
      'app.kubernetes.io/name': 'mysql',
      'app.kubernetes.io/instance': name,
      'app.kubernetes.io/version': version.tag,
      'app.kubernetes.io/component': 'database',
      'app.kubernetes.io/managed-by': 'cdk8s',
    },
    selector: { app: name },
  };
}
