/**
 * Access over the network: who may connect to the instances, and what they may connect to. A change never restarts a pod.
 *
 * @example
 * new ReplicatedMySql(chart, 'mysql', {
 *   network: {
 *     clients: [
 *       Client.pods({ labels: { 'talks-to': 'mysql' } }), // in the namespace of the cluster
 *       Client.pods({ namespace: 'shop' }),
 *       Client.cidr('203.0.113.0/24'),
 *       Client.pods({ namespace: 'monitoring', ports: [9104] }), // the port of an added container
 *     ],
 *     egress: [Destination.pods({ namespace: 'vault', ports: [8200] })],
 *   },
 * });
 */
export interface NetworkProps {
  /**
   * Emits a NetworkPolicy. Without one everybody can reach the peer port, where a client must still prove to
   * be a peer, and the instances can connect to everything.
   * @default true
   */
  readonly policy?: boolean;

  /**
   * Clients that may connect, in addition to the cluster's own pods. They replace the default, and at least one of them
   * reaches port 3306. An empty list admits nobody.
   * @default - all pods of the namespace, and the source ranges of exposed Services
   */
  readonly clients?: Client[];

  /**
   * Destinations of the instances, in addition to each other, to DNS and, with `Reads.fromReplicas()`, to the API
   * server. An empty list adds nothing.
   * @default - nothing; with containers in `extras`, which may need it, everything
   */
  readonly egress?: Destination[];
}

/** Options of the other side of a connection. */
export interface PortsOptions {
  /**
   * TCP ports of the side that is connected to.
   * @default - of clients 3306; of destinations all ports, of every protocol
   */
  readonly ports?: number[];
}

/** Options of pods. */
export interface PodsOptions extends PortsOptions {
  /**
   * Labels that the pods have, all of them.
   * @default - all pods
   */
  readonly labels?: { readonly [key: string]: string };

  /**
   * Name of their namespace.
   * @default - that of the cluster
   */
  readonly namespace?: string;

  /**
   * Labels that their namespace has, instead of `namespace`. Without a label in it, every namespace.
   * @default - the namespace of the cluster, or `namespace`
   */
  readonly namespaceLabels?: { readonly [key: string]: string };
}

/** Options of a range of addresses. */
export interface CidrOptions extends PortsOptions {
  /**
   * Ranges within it that do not belong to it.
   * @default - none
   */
  readonly except?: string[];
}

/** A client that may connect to the instances. */
export class Client {
  /** Pods; by default all of the namespace. */
  public static pods(options: PodsOptions = {}): Client {
    return new Client('pods', options);
  }

  /**
   * A range of addresses outside of Kubernetes. Pods have no stable address: several network plugins match no pod by it.
   *
   * @param cidr such as `203.0.113.0/24`, or `203.0.113.7/32` for one address
   */
  public static cidr(cidr: string, options: CidrOptions = {}): Client {
    return new Client('cidr', { ...options, cidr });
  }

  private constructor(
    /** @internal */
    public readonly _kind: string,
    /** @internal */
    public readonly _options: PodsOptions & CidrOptions & { cidr?: string },
  ) {}
}

/** A destination that the instances may connect to. */
export class Destination {
  /** Pods; by default all of the namespace. */
  public static pods(options: PodsOptions = {}): Destination {
    return new Destination('pods', options);
  }

  /**
   * A range of addresses outside of Kubernetes. Pods have no stable address: several network plugins match no pod by it.
   *
   * @param cidr such as `203.0.113.0/24`, or `203.0.113.7/32` for one address
   */
  public static cidr(cidr: string, options: CidrOptions = {}): Destination {
    return new Destination('cidr', { ...options, cidr });
  }

  /** Everything, within and outside of Kubernetes. */
  public static anywhere(options: PortsOptions = {}): Destination {
    return new Destination('anywhere', options);
  }

  private constructor(
    /** @internal */
    public readonly _kind: string,
    /** @internal */
    public readonly _options: PodsOptions & CidrOptions & { cidr?: string },
  ) {}
}
