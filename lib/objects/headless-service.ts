import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';

/** Parameters of a headless Service. */
interface HeadlessServiceParameters {
  readonly metadata: k8s.ObjectMeta;
  readonly selector: Record<string, string>;
  readonly ports: readonly k8s.ServicePort[];
}

/** Gives each pod its DNS name, ready or not: peers must find each other before they are ready. */
export function headlessService(scope: Construct, parameters: HeadlessServiceParameters): k8s.KubeService {
  const { metadata, selector, ports } = parameters;
  return new k8s.KubeService(scope, 'headless-service', {
    metadata,
    spec: { clusterIp: 'None', publishNotReadyAddresses: true, selector, ports: [...ports] },
  });
}
