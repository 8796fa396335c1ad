import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { podHost, requireOrdinal } from '../names';
import { clientService } from '../objects/client-service';
import { headlessService } from '../objects/headless-service';
import { CompleteStatefulSet, statefulSetSpec } from '../objects/stateful-set-spec';
import { requireKinds } from '../rules/kinds';
import { reserve } from '../rules/reserved-names';
import { violationsOf } from '../rules/rule';
import { resolveApp } from './app';
import { ClusteredAppProps } from './props';
import { appReservations, appRules } from './rules';
import { appShape } from './shape';

/**
 * Any application whose pods keep their names and volumes: a StatefulSet with claim templates, its headless Service, and
 * Services for clients.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
 */
export class ClusteredApp extends Construct {
  /** Gives each pod its DNS name, ready or not. */
  public readonly headlessService: k8s.KubeService;
  /** The Services that clients connect to, in the order of the props. */
  public readonly services: k8s.KubeService[];
  /** The pods. */
  public readonly statefulSet: k8s.KubeStatefulSet;
  /** Labels that select the pods. */
  public readonly selector: { readonly [key: string]: string };

  private readonly name: string;

  constructor(scope: Construct, id: string, props: ClusteredAppProps) {
    super(scope, id);
    requireKinds(this, appShape, props, ['name', 'ports', 'pod']);
    const app = resolveApp(this, props);
    const { name, namespace, selector, podMetadata } = app;
    const ports = Object.entries(app.ports).map(([port, number]) => ({ name: port, port: number }));
    const metadata = (object: string) => ({ name: object, namespace, labels: selector });
    this.name = name;
    this.selector = selector;

    reserve(app, appReservations(app));
    this.node.addValidation({ validate: () => violationsOf(appRules, app) });

    this.headlessService = headlessService(this, { metadata: metadata(name), selector, ports });
    // Two constructs cannot have one id; synth refuses Services of one name with a message.
    const unique = app.services.filter(
      (service, i) => app.services.findIndex((other) => other.name === service.name) === i,
    );
    this.services = unique.map((service) =>
      clientService(this, `service-${service.name}`, { metadata: metadata(service.name), selector, ports, service }),
    );
    this.statefulSet = new CompleteStatefulSet(this, 'stateful-set', {
      metadata: metadata(name),
      spec: statefulSetSpec({
        serviceName: name,
        selector,
        replicas: app.replicas,
        podManagementPolicy: app.podManagementPolicy,
        partition: app.update.partition,
        claims: app.claims,
        claimRetention: app.claimRetention,
        template: {
          metadata: { labels: { ...podMetadata.labels, ...selector }, annotations: podMetadata.annotations },
          spec: app.pod,
        },
      }),
    });
  }

  /**
   * The DNS name of one pod, valid within the namespace.
   *
   * @param ordinal ordinal of the pod, from 0. It may exceed `replicas`, which `kubectl scale` changes
   * @throws RangeError if `ordinal` is not a whole number, at least 0
   */
  public host(ordinal: number): string {
    requireOrdinal('host', ordinal);
    return podHost(this.name, ordinal);
  }
}
