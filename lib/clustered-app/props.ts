import { Size } from 'cdk8s';
import { k8s, PodManagementPolicy } from 'cdk8s-plus-28';
import { ClaimRetention } from '../options/storage';
import { ServiceProps } from '../options/services';
import { UpdateProps } from '../options/update';

/** Properties of `ClusteredApp`. */
export interface ClusteredAppProps {
  /**
   * Name of the StatefulSet and of the headless Service, and the value of the label `app`, by which everything selects.
   * The pods are `<name>-0`, `<name>-1` and so on, in DNS `<name>-0.<name>`.
   */
  readonly name: string;

  /**
   * Namespace of all objects.
   * @default - the chart's namespace
   */
  readonly namespace?: string;

  /**
   * Number of pods.
   * @default 3
   */
  readonly replicas?: number;

  /** The ports at which pods answer, by name, each a DNS label. */
  readonly ports: { readonly [name: string]: number };

  /** What each pod runs: containers with their images, probes and mounts of claims by name, and all else of a pod. */
  readonly pod: k8s.PodSpec;

  /**
   * Labels and annotations of the pods, beside the label `app`.
   * @default - none
   */
  readonly podMetadata?: PodMetadataProps;

  /**
   * The volumes that each pod gets of its own, and keeps. Immutable once applied.
   * @default - none
   */
  readonly claims?: ClaimProps[];

  /**
   * What becomes of claims that nobody uses any more.
   * @default ClaimRetention.retain()
   */
  readonly claimRetention?: ClaimRetention;

  /**
   * The Services that clients connect to. They lead to ready pods.
   * @default - none: clients know the pods by their names
   */
  readonly services?: ClientServiceProps[];

  /**
   * Whether pods start together or one after the other. Immutable once applied.
   * @default PodManagementPolicy.ORDERED_READY
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#pod-management-policies
   */
  readonly podManagementPolicy?: PodManagementPolicy;

  /** How changes reach pods. */
  readonly update?: UpdateProps;
}

/** Labels and annotations of pods. */
export interface PodMetadataProps {
  /** @default - none */
  readonly labels?: { readonly [key: string]: string };
  /** @default - none */
  readonly annotations?: { readonly [key: string]: string };
}

/** A volume that each pod gets of its own. */
export interface ClaimProps {
  /** By this name containers mount it. */
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
