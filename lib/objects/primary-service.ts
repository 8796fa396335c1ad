import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cluster } from '../cluster';
import { podName, PRIMARY, primaryServiceName } from '../names';
import { clientService } from './client-service';
import { serviceBase } from './service-base';

/** Leads to the primary while it is open. */
export function primaryService(scope: Construct, cluster: Cluster): k8s.KubeService {
  return clientService(scope, 'primary-service', {
    ...serviceBase(cluster, primaryServiceName(cluster.name)),
    // Every release of Kubernetes labels pods with their name; the label of their ordinal came with 1.28.
    selector: { ...cluster.selector, 'statefulset.kubernetes.io/pod-name': podName(cluster.name, PRIMARY) },
    service: cluster.services.primary,
  });
}
