import { Duration } from 'cdk8s';
import { Exposure } from './exposure';

/** The Services that clients connect to. The headless one is for the instances' names, and never exposed. */
export interface ServicesProps {
  /** The Service `<name>-primary`. */
  readonly primary?: ServiceProps;

  /** The Service `<name>-read`. */
  readonly read?: ServiceProps;
}

/** A Service that clients connect to. */
export interface ServiceProps {
  /**
   * From where it is reached.
   * @default Exposure.clusterIp()
   */
  readonly exposure?: Exposure;

  /**
   * Annotations; of a `ReplicatedMySql`, they go over those of `metadata.serviceAnnotations`.
   * @default - none
   */
  readonly annotations?: { readonly [key: string]: string };

  /**
   * For how long after its last connection a client, known by its address, is led to the same instance again. At most a
   * day.
   * @default - every connection is led on its own
   * @see https://kubernetes.io/docs/reference/networking/virtual-ips/#session-affinity
   */
  readonly sessionAffinity?: Duration;
}
