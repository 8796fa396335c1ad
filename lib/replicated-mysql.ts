import { ISecret, k8s, Secret } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cluster, resolveCluster } from './cluster';
import { Connection } from './connection';
import { Endpoint } from './endpoint';
import { dnsNames, MYSQL_PORT, podHost, PRIMARY, requireOrdinal } from './names';
import { certificate } from './objects/certificate';
import { configMap } from './objects/config-map';
import { disruptionBudget } from './objects/disruption-budget';
import { headlessService } from './objects/headless-service';
import { networkPolicy } from './objects/network-policy';
import { primaryService } from './objects/primary-service';
import { readService } from './objects/read-service';
import { readsAccess } from './objects/reads-access';
import { serviceBase } from './objects/service-base';
import { statefulSet } from './objects/stateful-set';
import { ReplicatedMySqlProps } from './options/props';
import { requireKinds } from './rules/kinds';
import { clusterReservations } from './rules/name';
import { reserve } from './rules/reserved-names';
import { clusterShape } from './rules/shape';
import { violations } from './rules/violations';
import { warn, warnings } from './rules/warnings';

/**
 * One MySQL primary and any number of read replicas.
 *
 * @example
 * const mysql = new ReplicatedMySql(chart, 'mysql', { replicas: 5 });
 * console.log(`write to ${mysql.primary}, read from ${mysql.read}`); // mysql-0.mysql:3306, mysql-read:3306
 *
 * @see https://kubernetes.io/docs/tasks/run-application/run-replicated-stateful-application/
 */
export class ReplicatedMySql extends Construct {
  /** my.cnf of the primary and of the replicas. */
  public readonly configMap: k8s.KubeConfigMap;
  /** Gives each instance its DNS name. */
  public readonly headlessService: k8s.KubeService;
  /** Leads to the primary while it is open: the Service to expose, or to reach from other namespaces. */
  public readonly primaryService: k8s.KubeService;
  /** Spreads connections over all ready instances. */
  public readonly readService: k8s.KubeService;
  /** Admits peers and clients. Undefined when `network.policy` is false. */
  public readonly networkPolicy?: k8s.KubeNetworkPolicy;
  /** Limits the instances that drains take at once. Undefined when `disruption.budget` is false. */
  public readonly disruptionBudget?: k8s.KubePodDisruptionBudget;
  /** The instances. */
  public readonly statefulSet: k8s.KubeStatefulSet;

  /** The endpoint for writes: the primary. */
  public readonly primary: Endpoint;
  /** The endpoint for reads: any ready instance, the primary included unless `reads.from` says otherwise. */
  public readonly read: Endpoint;
  /** Name of the Secret with the passwords. Undefined with insecure credentials. */
  public readonly secretName?: string;
  /** Name of the Secret with the certificate, whose `ca.crt` clients need. Undefined with `Tls.generated()`. */
  public readonly tlsSecretName?: string;
  /**
   * The names that a certificate of `Tls.fromSecret()` must be valid for: those of the three Services, the pods, and
   * localhost. All but the short ones need the namespace of the cluster, and are missing without it.
   */
  public readonly dnsNames: string[];
  /** Labels that select the instances. */
  public readonly selector: { readonly [key: string]: string };

  private readonly cluster: Cluster;

  constructor(scope: Construct, id: string, props: ReplicatedMySqlProps = {}) {
    super(scope, id);
    requireKinds(this, clusterShape, props);
    const cluster = resolveCluster(this, props);
    this.cluster = cluster;

    reserve(cluster, clusterReservations(cluster));
    this.node.addValidation({ validate: () => violations(cluster) });
    warnings(cluster).forEach((warning) => warn(this, warning));

    this.configMap = configMap(this, cluster);
    this.headlessService = headlessService(this, {
      ...serviceBase(cluster, cluster.name),
      selector: cluster.selector,
    });
    this.primaryService = primaryService(this, cluster);
    this.readService = readService(this, cluster);
    this.networkPolicy = networkPolicy(this, cluster);
    this.disruptionBudget = disruptionBudget(this, cluster);
    readsAccess(this, cluster);
    certificate(this, cluster);
    this.statefulSet = statefulSet(this, cluster);

    this.primary = this.instance(PRIMARY);
    this.read = new Endpoint(this.readService.name, MYSQL_PORT);
    this.secretName = cluster.credentials.secretName;
    this.tlsSecretName = cluster.tlsSecretName;
    this.dnsNames = dnsNames(cluster.name, cluster.namespace, cluster.tls._clusterDomain);
    this.selector = cluster.selector;
  }

  /**
   * The endpoint of one instance.
   *
   * @param ordinal ordinal of the instance, where 0 is the primary. It may exceed `replicas`, which `kubectl scale` changes
   * @throws RangeError if `ordinal` is not a whole number, at least 0
   */
  public instance(ordinal: number): Endpoint {
    requireOrdinal('instance', ordinal);
    return new Endpoint(podHost(this.cluster.name, ordinal), MYSQL_PORT);
  }

  /**
   * What an application in the namespace of the cluster needs to connect.
   *
   * @param user name of one of the `users`
   * @throws RangeError if none of them has this name
   */
  public connection(user: string): Connection {
    const { users, credentials } = this.cluster;
    const found = users.find(({ name }) => name === user);
    if (!found || credentials.secretName === undefined) {
      const names = users.map(({ name }) => JSON.stringify(name)).join(', ') || 'none';
      throw new RangeError(`connection: ${JSON.stringify(user)} is not one of the users. Use one of these: ${names}`);
    }
    const primary = new Endpoint(this.primaryService.name, MYSQL_PORT);
    return new Connection(user, credentials.secretName, found.password.key, primary, this.read, this.secret);
  }

  private get secret(): ISecret {
    const known = this.node.tryFindChild('secret') as ISecret | undefined;
    return known ?? Secret.fromSecretName(this, 'secret', this.cluster.credentials.secretName ?? '');
  }
}
