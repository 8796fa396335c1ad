import { Chart } from 'cdk8s';
import { k8s, PodManagementPolicy } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ClaimRetention } from '../options/storage';
import { clientService } from '../objects/client-service';
import { ClusteredAppProps } from './props';
import { appClaims, appNamings, clusteredAppRules } from './rules';
import { headlessService } from '../objects/headless-service';
import { claimServices } from '../rules/names';
import { podHost, requireOrdinal } from '../names';
import { messages } from '../rules/rule';
import { resolveService } from '../resolved';
import { statefulSetSpec } from '../objects/stateful-set-spec';

/**
 * Any application whose pods have names and volumes of their own: a StatefulSet with claim templates, its headless
 * Service, and Services for clients.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
 */
export class ClusteredApp extends Construct {
  /** Gives each pod its name in DNS, ready or not. */
  public readonly headlessService: k8s.KubeService;
  /** Those that clients connect to, in the order of the props. */
  public readonly services: k8s.KubeService[];
  /** The pods. */
  public readonly statefulSet: k8s.KubeStatefulSet;
  /** Labels that select the pods. */
  public readonly selector: { readonly [key: string]: string };

  private readonly name: string;

  constructor(scope: Construct, id: string, props: ClusteredAppProps) {
    super(scope, id);
    const { name, services = [], podMetadata = {} } = props;
    const namespace = props.namespace ?? Chart.of(this).namespace;
    const selector = { app: name };
    const ports = Object.entries(props.ports).map(([port, number]) => ({ name: port, port: number }));
    const metadata = (object: string) => ({ name: object, namespace, labels: selector });
    this.name = name;
    this.selector = selector;

    claimServices(this, namespace, appNamings(props));
    this.node.addValidation({ validate: () => messages(clusteredAppRules(this, { ...props, namespace })) });

    this.headlessService = headlessService(this, { metadata: metadata(name), selector, ports });
    // Constructs of one name cannot be made; synth refuses such Services with a message.
    const distinct = services.filter((service, i) => services.findIndex((other) => other.name === service.name) === i);
    this.services = distinct.map((service) =>
      clientService(this, `service-${service.name}`, {
        metadata: metadata(service.name),
        selector,
        ports,
        props: resolveService(service),
      }),
    );
    this.statefulSet = new k8s.KubeStatefulSet(this, 'stateful-set', {
      metadata: metadata(name),
      spec: statefulSetSpec(
        {
          serviceName: name,
          selector,
          replicas: props.replicas ?? 3,
          podManagementPolicy: props.podManagementPolicy ?? PodManagementPolicy.ORDERED_READY,
          partition: props.update?.partition ?? 0,
          claims: appClaims(props),
          claimRetention: props.claimRetention ?? ClaimRetention.retain(),
        },
        {
          metadata: { labels: { ...podMetadata.labels, ...selector }, annotations: podMetadata.annotations },
          spec: props.pod,
        },
      ),
    });
  }

  /**
   * The name of one pod in DNS, valid within the namespace.
   *
   * @param ordinal of the pod, from 0; not bounded by `replicas`, which `kubectl scale` changes
   */
  public host(ordinal: number): string {
    requireOrdinal('host', ordinal);
    return podHost(this.name, ordinal);
  }
}
