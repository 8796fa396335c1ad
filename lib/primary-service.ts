import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { clientService } from './client-service';
import { Cluster } from './cluster';

/** The name of the Service for writes. */
export const primaryServiceName = (cluster: string) => `${cluster}-primary`;

/** Leads to the primary, as long as it is open for writes. */
export function primaryService(scope: Construct, cluster: Cluster): k8s.KubeService {
  // By the pod's name, which every release of Kubernetes has as a label; that of its ordinal came with 1.28.
  const selector = { ...cluster.selector, 'statefulset.kubernetes.io/pod-name': `${cluster.name}-0` };
  return clientService(scope, 'primary-service', cluster, {
    name: primaryServiceName(cluster.name),
    selector,
    props: cluster.services.primary,
  });
}
