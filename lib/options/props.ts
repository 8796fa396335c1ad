import { PodManagementPolicy } from 'cdk8s-plus-28';
import { CloneMethod } from './clone-method';
import { Credentials } from './credentials';
import { DisruptionProps } from './disruption';
import { ExtrasProps } from './extras';
import { ImageProps } from './images';
import { Initialize } from './initialize';
import { MetadataProps } from './metadata';
import { NetworkProps } from './network';
import { OpeningProps } from './opening';
import { ReadsProps } from './reads';
import { ResourceProps } from './resources';
import { SchedulingProps } from './scheduling';
import { ServicesProps } from './services';
import { SettingsProps } from './settings';
import { StorageProps } from './storage';
import { TerminationProps } from './termination';
import { Tls } from './tls';
import { UpdateProps } from './update';
import { UserProps } from './users';
import { MySqlVersion } from './version/version';

/**
 * Properties of `ReplicatedMySql`. All are optional: the defaults give the tutorial's cluster, made safe.
 *
 * @example
 * new ReplicatedMySql(chart, 'orders', {
 *   name: 'orders',
 *   replicas: 5,
 *   storage: { size: Size.gibibytes(250), storageClassName: 'fast' },
 *   settings: { all: { innodb_buffer_pool_size: '6G' } },
 *   initialize: Initialize.never(), // after the first rollout
 * });
 */
export interface ReplicatedMySqlProps {
  /**
   * Name of the ConfigMap, the headless Service, the NetworkPolicy, the PodDisruptionBudget and the StatefulSet, and
   * value of the label `app`. It is also the default name of the Secret, the name of the ServiceAccount, the Role and the
   * RoleBinding of `Reads.fromReplicas()`, and the beginning of the names of the Services for clients. A DNS label of at
   * most 52 characters; two clusters of one name in one namespace are refused.
   * @default 'mysql'
   */
  readonly name?: string;

  /**
   * Namespace of all objects. A chart inside another chart does not inherit its namespace: set one of the two.
   * @default - the chart's namespace
   */
  readonly namespace?: string;

  /**
   * Number of instances, the primary included. `kubectl scale` can change it at any time.
   * @default 3
   */
  readonly replicas?: number;

  /**
   * The server-id of an instance is this number plus its ordinal. Clusters that may ever replicate from each other need
   * numbers far apart.
   * @default 100
   */
  readonly serverIdBase?: number;

  /**
   * Version of MySQL.
   * @default MySqlVersion.V8_4
   */
  readonly version?: MySqlVersion;

  /**
   * How a replica clones a peer, for its first copy of the data and for later ones.
   * @default - CloneMethod.clonePlugin() from 8.0.30; CloneMethod.xtraBackup() before, and with `images.xtrabackup`
   */
  readonly cloneMethod?: CloneMethod;

  /** Images of the containers. */
  readonly images?: ImageProps;

  /** The volume of each instance. Immutable once applied, except `claimRetention`. */
  readonly storage?: StorageProps;

  /** Resources of the containers. */
  readonly resources?: ResourceProps;

  /** Options of the servers in my.cnf. A change rolls the pods. */
  readonly settings?: SettingsProps;

  /**
   * The passwords of the cluster.
   * @default - Credentials.fromSecret(name), the Secret with the name of the cluster
   */
  readonly credentials?: Credentials;

  /**
   * The certificate of the servers, and whether clients need TLS.
   * @default Tls.generated()
   */
  readonly tls?: Tls;

  /**
   * Names of databases that the primary creates. None is ever dropped: a database that leaves the list stays.
   * @default - none
   */
  readonly databases?: string[];

  /**
   * Accounts for applications, which the primary keeps as they are here; it touches no others. A change restarts
   * nothing. An account that leaves the list is locked, not dropped. MySQL 8.0.21 or later.
   * @default - none
   */
  readonly users?: UserProps[];

  /**
   * Decides what becomes of a volume that holds no data of this cluster. Set it to `Initialize.never()` after the
   * first rollout.
   * @default Initialize.ifEmpty()
   */
  readonly initialize?: Initialize;

  /** Opening of the primary for writes. */
  readonly opening?: OpeningProps;

  /** Labels and annotations in addition to those of the library. */
  readonly metadata?: MetadataProps;

  /** Placement of the pods. */
  readonly scheduling?: SchedulingProps;

  /** Additions to the pods: containers, volumes, environment. */
  readonly extras?: ExtrasProps;

  /**
   * The order in which pods start: together, or one after the other. Immutable once applied.
   * @default PodManagementPolicy.PARALLEL - pods order their starts themselves, and one that is not ready blocks no other
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#pod-management-policies
   */
  readonly podManagementPolicy?: PodManagementPolicy;

  /** Rollout of changes to the pods. */
  readonly update?: UpdateProps;

  /** Access over the network. */
  readonly network?: NetworkProps;

  /** Limit on the instances that drains of nodes take at once. */
  readonly disruption?: DisruptionProps;

  /** The instances that serve reads. */
  readonly reads?: ReadsProps;

  /** The Services that clients connect to. */
  readonly services?: ServicesProps;

  /** Termination of a pod. */
  readonly termination?: TerminationProps;
}
