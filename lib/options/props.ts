import { PodManagementPolicy } from 'cdk8s-plus-28';
import { CloneMethod } from './clone-method';
import { Credentials } from './credentials';
import { DisruptionProps } from './disruption';
import { ImageProps } from './images';
import { Initialize } from './initialize';
import { MetadataProps } from './metadata';
import { NetworkProps } from './network';
import { ReadsProps } from './reads';
import { ResourceProps } from './resources';
import { SchedulingProps } from './scheduling';
import { ServicesProps } from './services';
import { SettingsProps } from './settings';
import { StorageProps } from './storage';
import { TerminationProps } from './termination';
import { UpdateProps } from './update';
import { MySqlVersion } from './version/version';

/** Properties of `ReplicatedMySql`. All are optional: without any, it is the tutorial's cluster, made safe. */
export interface ReplicatedMySqlProps {
  /**
   * Name of the cluster: of the ConfigMap, the headless Service, the NetworkPolicy, the PodDisruptionBudget and the
   * StatefulSet, and the value of the label `app`. By default the Secret has it, too, and with `Reads.fromReplicas()` a
   * ServiceAccount, a Role and a RoleBinding; the names of the Services for clients begin with it. A DNS label of at most
   * 52 characters; two clusters of one name in one namespace are refused.
   * @default 'mysql'
   */
  readonly name?: string;

  /**
   * Namespace of all objects.
   * @default - the chart's namespace
   */
  readonly namespace?: string;

  /**
   * Number of instances, the primary included. `kubectl scale` changes it at any time.
   * @default 3
   */
  readonly replicas?: number;

  /**
   * The server-id of an instance is this number plus its ordinal. Clusters that will ever replicate from each other need
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
   * How a replica gets its first copy of the data, and later ones.
   * @default - CloneMethod.xtraBackup() up to 8.4, CloneMethod.clonePlugin() from 9.7
   */
  readonly cloneMethod?: CloneMethod;

  /** Where the images come from. */
  readonly images?: ImageProps;

  /** The volume of each instance. Immutable once applied, but for `claimRetention`. */
  readonly storage?: StorageProps;

  /** Resources of the containers. */
  readonly resources?: ResourceProps;

  /** Settings of the servers. A change rolls the pods. */
  readonly settings?: SettingsProps;

  /**
   * Where the passwords come from.
   * @default - Credentials.fromSecret(name), a Secret named as the cluster
   */
  readonly credentials?: Credentials;

  /**
   * What an empty primary does, and whether volumes of a cluster like the tutorial's are taken over. Set it to
   * `Initialize.never()` after the first rollout.
   * @default Initialize.ifEmpty()
   */
  readonly initialize?: Initialize;

  /** Labels and annotations. */
  readonly metadata?: MetadataProps;

  /** Where pods run. */
  readonly scheduling?: SchedulingProps;

  /**
   * Whether pods start together or one after the other. Immutable once applied.
   * @default PodManagementPolicy.PARALLEL - pods order their starts themselves, and one that is not ready holds up no other
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#pod-management-policies
   */
  readonly podManagementPolicy?: PodManagementPolicy;

  /** How changes reach pods. */
  readonly update?: UpdateProps;

  /** Who may connect. */
  readonly network?: NetworkProps;

  /** How many instances drains of nodes may take at once. */
  readonly disruption?: DisruptionProps;

  /** Which instances may be read from. */
  readonly reads?: ReadsProps;

  /** The Services that clients connect to: from where they are reached. */
  readonly services?: ServicesProps;

  /** How a pod ends. */
  readonly termination?: TerminationProps;
}
