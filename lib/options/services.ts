import { Duration } from 'cdk8s';

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

/** How a Service is reached on a port of every node. */
export interface NodePortOptions {
  /**
   * The port of the nodes that leads to the first port of the Service, from 30000 to 32767.
   * @default - one that Kubernetes chooses
   */
  readonly nodePort?: number;

  /**
   * Who may connect from outside of the namespace, as CIDRs such as `203.0.113.0/24`. The NetworkPolicy lets them in
   * unless `network.clients` says who may connect; a load balancer is told, too. `0.0.0.0/0` is everybody. For a
   * `ClusteredApp` there is no NetworkPolicy: a LoadBalancer without ranges is open to whoever reaches it.
   * @default - those of network.clients
   */
  readonly sourceRanges?: string[];

  /**
   * `Local`: only nodes that run a ready instance answer, and the instance sees the client's address. `Cluster`: every
   * node answers, and the instance sees the node's address in place of the client's, so that `network.clients` must let
   * the nodes in.
   * @default 'Local'
   * @see https://kubernetes.io/docs/tasks/access-application-cluster/create-external-load-balancer/#preserving-the-client-source-ip
   */
  readonly externalTrafficPolicy?: string;
}

/** How a Service is reached through a load balancer. */
export interface LoadBalancerOptions extends NodePortOptions {
  /**
   * Which of several implementations provides the load balancer. Immutable once applied.
   * @default - the cluster's default one
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-class
   */
  readonly loadBalancerClass?: string;
}

/** From where a Service is reached. */
export class Exposure {
  /** From within the Kubernetes cluster only. */
  public static clusterIp(): Exposure {
    return new Exposure('ClusterIP', {});
  }

  /** On a port of the nodes. */
  public static nodePort(options: NodePortOptions = {}): Exposure {
    return new Exposure('NodePort', options);
  }

  /** Through a load balancer of the environment. Annotations of the Service say more, such as that it is internal. */
  public static loadBalancer(options: LoadBalancerOptions = {}): Exposure {
    return new Exposure('LoadBalancer', options);
  }

  private constructor(
    /** @internal */
    public readonly type: string,
    /** @internal */
    public readonly options: LoadBalancerOptions,
  ) {}

  /** @internal Whether it is reached from outside of the Kubernetes cluster. */
  public get outside(): boolean {
    return this.type !== 'ClusterIP';
  }

  /** @internal Whether instances see the address of the client, and not that of a node. */
  public get externalTrafficPolicy(): string {
    return this.options.externalTrafficPolicy ?? 'Local';
  }
}
