import { Duration } from 'cdk8s';

/**
 * The Services that clients connect to. The headless Service is not among them: it gives instances their DNS names, and
 * is never exposed.
 *
 * @example
 * new ReplicatedMySql(chart, 'mysql', {
 *   services: {
 *     read: {
 *       exposure: Exposure.loadBalancer({ sourceRanges: ['203.0.113.0/24'] }),
 *       annotations: { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' },
 *     },
 *   },
 * });
 */
export interface ServicesProps {
  /** The Service `<name>-primary`. */
  readonly primary?: ServiceProps;

  /** The Service `<name>-read`. */
  readonly read?: ServiceProps;
}

/** A Service that clients connect to. */
export interface ServiceProps {
  /**
   * How the Service is exposed.
   * @default Exposure.clusterIp()
   */
  readonly exposure?: Exposure;

  /**
   * Annotations of the Service. Those of a `ReplicatedMySql` override `metadata.serviceAnnotations`.
   * @default - none
   */
  readonly annotations?: { readonly [key: string]: string };

  /**
   * How long a client, known by its address, returns to the same instance, counted from its last connection. In whole
   * seconds, at most a day.
   * @default - no affinity: each connection may reach another instance
   * @see https://kubernetes.io/docs/reference/networking/virtual-ips/#session-affinity
   */
  readonly sessionAffinity?: Duration;

  /**
   * The number of IP families that the Service has addresses of, one or two: `SingleStack`, `PreferDualStack` or `RequireDualStack`.
   * @default - SingleStack, the default of Kubernetes
   * @see https://kubernetes.io/docs/concepts/services-networking/dual-stack/
   */
  readonly ipFamilyPolicy?: string;

  /**
   * The IP families of the Service, `IPv4` and `IPv6`, the first of which is immutable once applied.
   * @default - as many of the Kubernetes cluster's as `ipFamilyPolicy` says, in its order
   */
  readonly ipFamilies?: string[];
}

/** Options of a Service on a port of every node. */
export interface NodePortOptions {
  /**
   * The port of the nodes that leads to the first port of the Service, from 30000 to 32767.
   * @default - Kubernetes chooses one
   */
  readonly nodePort?: number;

  /**
   * Clients outside the namespace that may connect, as CIDRs such as `203.0.113.0/24`; `0.0.0.0/0` means everybody. A
   * load balancer gets the list, and the NetworkPolicy admits it unless `network.clients` is set. For a `ClusteredApp`
   * there is no NetworkPolicy: a LoadBalancer without ranges is open to everybody who can reach it.
   * @default - those of network.clients
   */
  readonly sourceRanges?: string[];

  /**
   * `Local`: only nodes with a ready instance answer, and the instance sees the address of the client. `Cluster`: every
   * node answers, and the instance sees the address of a node instead, so `network.clients` must admit the nodes.
   * @default 'Local'
   * @see https://kubernetes.io/docs/tasks/access-application-cluster/create-external-load-balancer/#preserving-the-client-source-ip
   */
  readonly externalTrafficPolicy?: string;
}

/** Options of a Service behind a load balancer. */
export interface LoadBalancerOptions extends NodePortOptions {
  /**
   * Class of the load balancer, where there are several implementations. Immutable once applied.
   * @default - the cluster's default one
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-class
   */
  readonly loadBalancerClass?: string;
}

/** How a Service is exposed. */
export class Exposure {
  /** Within the Kubernetes cluster only. */
  public static clusterIp(): Exposure {
    return new Exposure('ClusterIP', {});
  }

  /** On a port of every node. */
  public static nodePort(options: NodePortOptions = {}): Exposure {
    return new Exposure('NodePort', options);
  }

  /** Through a load balancer of the environment. Annotations of the Service configure it, for example as internal. */
  public static loadBalancer(options: LoadBalancerOptions = {}): Exposure {
    return new Exposure('LoadBalancer', options);
  }

  private constructor(
    /** @internal */
    public readonly _type: string,
    /** @internal */
    public readonly _options: LoadBalancerOptions,
  ) {}

  /** @internal Whether the Service can be reached from outside the Kubernetes cluster. */
  public get _outside(): boolean {
    return this._type !== 'ClusterIP';
  }

  /** @internal */
  public get _externalTrafficPolicy(): string {
    return this._options.externalTrafficPolicy ?? 'Local';
  }
}
