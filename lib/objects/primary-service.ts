import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cluster } from '../cluster';
import { MYSQL_PORT, podName, PRIMARY, primaryServiceName } from '../names';
import { clientService } from './client-service';
import { serviceMetadata } from './service-metadata';

/** Leads to the primary while it is open. */
export function primaryService(scope: Construct, cluster: Cluster): k8s.KubeService {
  return clientService(scope, 'primary-service', {
    metadata: serviceMetadata(cluster, primaryServiceName(cluster.name)),
    // Every release of Kubernetes labels pods with their name; the label of their ordinal came with 1.28.
    selector: { ...cluster.selector, 'statefulset.kubernetes.io/pod-name': podName(cluster.name, PRIMARY) },
    ports: [{ name: 'mysql', port: MYSQL_PORT }],
    service: cluster.services.primary,
  });
}
