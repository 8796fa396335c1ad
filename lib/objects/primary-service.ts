import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { clientService } from './client-service';
import { Cluster } from '../cluster';
import { MYSQL_PORT, podName, PRIMARY, primaryServiceName } from '../names';
import { serviceMetadata } from './service-metadata';

/** Leads to the primary, as long as it is open for writes. */
export function primaryService(scope: Construct, cluster: Cluster): k8s.KubeService {
  return clientService(scope, 'primary-service', {
    metadata: serviceMetadata(cluster, primaryServiceName(cluster.name)),
    // By the pod's name, which every release of Kubernetes has as a label; that of its ordinal came with 1.28.
    selector: { ...cluster.selector, 'statefulset.kubernetes.io/pod-name': podName(cluster.name, PRIMARY) },
    ports: [{ name: 'mysql', port: MYSQL_PORT }],
    service: cluster.services.primary,
  });
}
