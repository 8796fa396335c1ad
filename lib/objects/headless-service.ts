import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';

/** What tells one headless Service from another. */
export interface HeadlessService {
  readonly metadata: k8s.ObjectMeta;
  readonly selector: Record<string, string>;
  readonly ports: readonly k8s.ServicePort[];
}

/** Gives each pod its name in DNS, ready or not: peers must find one another before they are ready. */
export function headlessService(scope: Construct, { metadata, selector, ports }: HeadlessService): k8s.KubeService {
  return new k8s.KubeService(scope, 'headless-service', {
    metadata,
    spec: { clusterIp: 'None', publishNotReadyAddresses: true, selector, ports: [...ports] },
  });
}
