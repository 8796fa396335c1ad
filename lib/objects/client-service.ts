import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Exposure } from '../options/services';
import { seconds } from '../quantities';
import { ResolvedService } from '../resolved';

/** Parameters of a Service that clients connect to. */
interface ClientServiceParameters {
  readonly metadata: k8s.ObjectMeta;
  readonly selector: Record<string, string>;
  readonly ports: readonly k8s.ServicePort[];
  /** The props of the Service. */
  readonly service: ResolvedService;
}

/** A Service that clients connect to. It leads only to ready pods. */
export function clientService(scope: Construct, id: string, parameters: ClientServiceParameters): k8s.KubeService {
  const { metadata, selector, ports, service } = parameters;
  const { exposure, annotations, sessionAffinity, ipFamilyPolicy, ipFamilies } = service;
  return new k8s.KubeService(scope, id, {
    metadata: annotations ? { ...metadata, annotations: { ...metadata.annotations, ...annotations } } : metadata,
    spec: {
      ...(exposure._outside ? outside(exposure) : {}),
      selector,
      ports: ports.map((port, i) => (i ? port : { ...port, nodePort: exposure._options.nodePort })),
      ...(sessionAffinity ? sticky(seconds(sessionAffinity)) : {}),
      ipFamilyPolicy,
      ipFamilies,
    },
  });
}

function outside({
  _type: type,
  _externalTrafficPolicy: externalTrafficPolicy,
  _options: options,
}: Exposure): k8s.ServiceSpec {
  return {
    type,
    externalTrafficPolicy,
    loadBalancerClass: options.loadBalancerClass,
    // Kubernetes refuses ranges on a NodePort; there the NetworkPolicy enforces them.
    loadBalancerSourceRanges: type === 'LoadBalancer' ? options.sourceRanges : undefined,
  };
}

function sticky(timeoutSeconds: number): k8s.ServiceSpec {
  return { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIp: { timeoutSeconds } } };
}
