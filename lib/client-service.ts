import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cluster } from './cluster';
import { Exposure } from './exposure';
import { MYSQL_PORT } from './ports';
import { ServiceProps } from './service-props';

/** What tells a client's Service from another. */
interface ClientService {
  readonly name: string;
  readonly selector: Record<string, string>;
  readonly props?: ServiceProps;
}

/** A Service that clients connect to: it leads to ready instances alone. */
export function clientService(
  scope: Construct,
  id: string,
  { namespace, labels, metadata }: Cluster,
  { name, selector, props = {} }: ClientService,
): k8s.KubeService {
  const { exposure = Exposure.clusterIp(), annotations, sessionAffinity } = props;
  const port = { name: 'mysql', port: MYSQL_PORT, nodePort: exposure.options.nodePort };
  return new k8s.KubeService(scope, id, {
    metadata: {
      name,
      namespace,
      labels: { ...metadata.serviceLabels, ...labels },
      annotations: annotations ? { ...metadata.serviceAnnotations, ...annotations } : metadata.serviceAnnotations,
    },
    spec: {
      ...(exposure.outside ? outside(exposure) : {}),
      selector,
      ports: [port],
      ...(sessionAffinity ? sticky(sessionAffinity.toSeconds({ integral: false })) : {}),
    },
  });
}

function outside({ type, externalTrafficPolicy, options }: Exposure): k8s.ServiceSpec {
  return {
    type,
    externalTrafficPolicy,
    loadBalancerClass: options.loadBalancerClass,
    // On a NodePort, just the NetworkPolicy can hold others off.
    loadBalancerSourceRanges: type === 'LoadBalancer' ? options.sourceRanges : undefined,
  };
}

function sticky(timeoutSeconds: number): k8s.ServiceSpec {
  return { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIp: { timeoutSeconds } } };
}
