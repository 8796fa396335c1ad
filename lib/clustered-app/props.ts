import { Size } from 'cdk8s';
import { k8s, PodManagementPolicy } from 'cdk8s-plus-28';
import { ServiceProps } from '../options/services';
import { ClaimRetention } from '../options/storage';
import { UpdateProps } from '../options/update';

/**
 * Properties of `ClusteredApp`.
 *
 * @example
 * const store = new ClusteredApp(chart, 'store', {
 *   name: 'store',
 *   ports: { http: 8080 },
 *   pod: {
 *     containers: [
 *       {
 *         name: 'store',
 *         image: 'registry.example.com/store:1',
 *         ports: [{ name: 'http', containerPort: 8080 }],
 *         volumeMounts: [{ name: 'data', mountPath: '/data' }],
 *       },
 *     ],
 *   },
 *   claims: [{ name: 'data', size: Size.gibibytes(10) }],
 *   services: [{ name: 'store-api' }],
 * });
 * console.log(store.host(0)); // store-0.store
 */
export interface ClusteredAppProps {
  /**
   * Name of the StatefulSet and of the headless Service, and value of the label `app`, by which everything selects. The
   * pods are `<name>-0`, `<name>-1` and so on; their DNS names are `<name>-0.<name>` and so on.
   */
  readonly name: string;

  /**
   * Namespace of all objects. A chart inside another chart does not inherit its namespace: set one of the two.
   * @default - the chart's namespace
   */
  readonly namespace?: string;

  /**
   * Number of pods.
   * @default 3
   */
  readonly replicas?: number;

  /** Numbers of the ports on which the pods answer, by name. Each name is a DNS label. */
  readonly ports: { readonly [name: string]: number };

  /** The pod: containers with their images and probes, which mount claims by name, and all other fields of a pod. */
  readonly pod: k8s.PodSpec;

  /**
   * Labels and annotations of the pods in addition to the label `app`.
   * @default - none
   */
  readonly podMetadata?: PodMetadataProps;

  /**
   * The volumes of each pod. Immutable once applied.
   * @default - none
   */
  readonly claims?: ClaimProps[];

  /**
   * Retention of claims that no pod uses any more.
   * @default ClaimRetention.retain()
   */
  readonly claimRetention?: ClaimRetention;

  /**
   * The Services that clients connect to. They lead to ready pods.
   * @default - none: clients use the names of the pods
   */
  readonly services?: ClientServiceProps[];

  /**
   * The order in which pods start: together, or one after the other. Immutable once applied.
   * @default PodManagementPolicy.ORDERED_READY
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#pod-management-policies
   */
  readonly podManagementPolicy?: PodManagementPolicy;

  /** Rollout of changes to the pods. */
  readonly update?: UpdateProps;
}

/** Labels and annotations of pods. */
export interface PodMetadataProps {
  /**
   * Labels of the pods.
   * @default - none
   */
  readonly labels?: { readonly [key: string]: string };

  /**
   * Annotations of the pods.
   * @default - none
   */
  readonly annotations?: { readonly [key: string]: string };
}

/** A volume of each pod. */
export interface ClaimProps {
  /** Name by which containers mount the volume. */
  readonly name: string;

  /** Size of each claim. */
  readonly size: Size;

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
}

/** A Service that clients of a `ClusteredApp` connect to. */
export interface ClientServiceProps extends ServiceProps {
  /** Name of the Service. */
  readonly name: string;
}
