import { Duration, Size } from 'cdk8s';
import { Cpu, k8s, PodManagementPolicy } from 'cdk8s-plus-28';
import { ClaimRetention } from './claim-retention';
import { CloneMethod } from './clone-method';
import { Credentials } from './credentials';
import { Initialize } from './initialize';
import { Reads } from './reads';
import { ServicesProps } from './services';
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

/** Where the images come from. */
export interface ImageProps {
  /**
   * Image of the server, of the series that `version` says.
   * @default - the version's, such as mysql:8.4
   */
  readonly server?: string;

  /**
   * Image of XtraBackup, with bash, a mysql client, and socat or ncat.
   * @default - the version's, such as percona/percona-xtrabackup:8.4
   */
  readonly xtrabackup?: string;

  /**
   * Prefix of default images, for mirrors: `registry.example.com/mirror` gives `registry.example.com/mirror/mysql:8.4`.
   * @default - none
   */
  readonly registry?: string;

  /**
   * `Always`, `IfNotPresent` or `Never`.
   * @default - the cluster's: IfNotPresent for these tags
   * @see https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy
   */
  readonly pullPolicy?: string;

  /**
   * Names of Secrets with registry credentials.
   * @default - none
   */
  readonly pullSecrets?: string[];
}

/** The volume of each instance. */
export interface StorageProps {
  /**
   * Size of each claim, at least 128Mi.
   * @default Size.gibibytes(10)
   */
  readonly size?: Size;

  /**
   * Name of the storage class.
   * @default - the default class of the Kubernetes cluster
   */
  readonly storageClassName?: string;

  /**
   * Access modes of each claim.
   * @default ['ReadWriteOnce']
   */
  readonly accessModes?: string[];

  /**
   * What becomes of claims that nobody uses any more.
   * @default ClaimRetention.retain()
   */
  readonly claimRetention?: ClaimRetention;
}

/** Resources of the containers. */
export interface ResourceProps {
  /**
   * Of the server.
   * @default - requests of 500m and 1Gi
   */
  readonly mysql?: ContainerResources;

  /**
   * Of the sidecar, and of clone-mysql.
   * @default - requests of 100m and 100Mi
   */
  readonly xtrabackup?: ContainerResources;
}

/** Resources of a container. */
export interface ContainerResources {
  /** What is reserved. */
  readonly requests?: ResourceAmounts;
  /**
   * What may not be exceeded.
   * @default - no limits
   */
  readonly limits?: ResourceAmounts;
}

/** Amounts of resources. */
export interface ResourceAmounts {
  /** For example `Cpu.millis(500)`. */
  readonly cpu?: Cpu;
  /** For example `Size.gibibytes(1)`. */
  readonly memory?: Size;
}

/**
 * Settings of the servers: options of the group `[mysqld]` and their values. `''` is an empty value, which for a boolean
 * option means OFF: write `ON` or `OFF`. A value with a `#` stands in quotes.
 */
export interface SettingsProps {
  /** Of every instance. */
  readonly all?: { readonly [option: string]: string };
  /** Of the primary, over those of every instance. */
  readonly primary?: { readonly [option: string]: string };
  /** Of the replicas, over those of every instance. */
  readonly replica?: { readonly [option: string]: string };
}

/** Labels and annotations beside the library's own. */
export interface MetadataProps {
  /** Labels of the pods. */
  readonly podLabels?: { readonly [key: string]: string };
  /** Annotations of the pods. */
  readonly podAnnotations?: { readonly [key: string]: string };
  /** Labels of the Services. */
  readonly serviceLabels?: { readonly [key: string]: string };
  /** Annotations of the Services. */
  readonly serviceAnnotations?: { readonly [key: string]: string };
}

/** Where pods run. Fields of the pod template of the same names. */
export interface SchedulingProps {
  /** @default - none */
  readonly affinity?: k8s.Affinity;
  /** @default - none */
  readonly tolerations?: k8s.Toleration[];
  /** @default - none */
  readonly nodeSelector?: { readonly [key: string]: string };
  /** @default - over nodes, as far as possible */
  readonly topologySpreadConstraints?: k8s.TopologySpreadConstraint[];
  /** @default - the cluster's default priority */
  readonly priorityClassName?: string;
}

/** How changes reach pods. */
export interface UpdateProps {
  /**
   * Only pods with this ordinal or a higher one are updated.
   * @default 0
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#partitions
   */
  readonly partition?: number;
}

/** Who may connect. */
export interface NetworkProps {
  /**
   * Whether to emit a NetworkPolicy. Without one, the clone port is reachable for everybody, who must prove to be a peer.
   * @default true
   */
  readonly policy?: boolean;

  /**
   * Who may reach port 3306, beside the cluster's own pods. An empty list is nobody.
   * @default - all pods of the namespace, and the source ranges of exposed Services
   */
  readonly clients?: k8s.NetworkPolicyPeer[];
}

/** How many instances drains of nodes may take at once. */
export interface DisruptionProps {
  /**
   * Whether to emit a PodDisruptionBudget.
   * @default true
   */
  readonly budget?: boolean;

  /**
   * How many instances may be unavailable, for whatever reason, while a drain takes another one. A drain waits as long
   * as there are more.
   * @default 1
   * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
   */
  readonly maxUnavailable?: number;
}

/** Which instances may be read from. */
export interface ReadsProps {
  /**
   * Which instances the Service `<name>-read` leads to, as long as they are ready.
   * @default Reads.everywhere()
   */
  readonly from?: Reads;

  /**
   * How far a replica may be behind the primary, in whole seconds. One that is further behind is not ready, and so not
   * behind `<name>-read`, until it has caught up; the sidecar looks every 5 s. While the primary is away, reads go on.
   * Clocks of nodes that differ count as lag.
   * @default - as far as it likes
   */
  readonly maxLag?: Duration;
}

/** How a pod ends. */
export interface TerminationProps {
  /**
   * How long the server goes on answering after its pod has left the endpoints, for clients that do not know yet.
   * @default Duration.seconds(5)
   */
  readonly preStop?: Duration;

  /**
   * How long the server may take to shut down cleanly, preStop included, before it is killed. At least 10 s more than
   * preStop.
   * @default Duration.minutes(5)
   */
  readonly gracePeriod?: Duration;
}
