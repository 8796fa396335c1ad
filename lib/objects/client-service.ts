import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Exposure } from '../options/services';
import { seconds } from '../quantities';
import { ResolvedService } from '../resolved';

/** What tells one Service for clients from another. */
export interface ClientService {
  readonly metadata: k8s.ObjectMeta;
  readonly selector: Record<string, string>;
  readonly ports: readonly k8s.ServicePort[];
  readonly props: ResolvedService;
}

/** A Service that clients connect to: it leads to ready pods alone. */
export function clientService(scope: Construct, id: string, service: ClientService): k8s.KubeService {
  const { exposure, annotations, sessionAffinity } = service.props;
  const { metadata, selector, ports } = service;
  return new k8s.KubeService(scope, id, {
    metadata: annotations ? { ...metadata, annotations: { ...metadata.annotations, ...annotations } } : metadata,
    spec: {
      ...(exposure.outside ? outside(exposure) : {}),
      selector,
      ports: ports.map((port, i) => (i ? port : { ...port, nodePort: exposure.options.nodePort })),
      ...(sessionAffinity ? sticky(seconds(sessionAffinity)) : {}),
    },
  });
}

function outside({ type, externalTrafficPolicy, options }: Exposure): k8s.ServiceSpec {
  return {
    type,
    externalTrafficPolicy,
    loadBalancerClass: options.loadBalancerClass,
    // On a NodePort, just a NetworkPolicy can hold others off.
    loadBalancerSourceRanges: type === 'LoadBalancer' ? options.sourceRanges : undefined,
  };
}

function sticky(timeoutSeconds: number): k8s.ServiceSpec {
  return { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIp: { timeoutSeconds } } };
}
