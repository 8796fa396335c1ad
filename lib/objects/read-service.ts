import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cluster } from '../cluster';
import { MYSQL_PORT, READS_LABEL, readServiceName } from '../names';
import { clientService } from './client-service';
import { serviceMetadata } from './service-metadata';

/** Spreads connections over all ready instances; with `Reads.fromReplicas()` over those that labelled themselves. */
export function readService(scope: Construct, cluster: Cluster): k8s.KubeService {
  return clientService(scope, 'read-service', {
    metadata: serviceMetadata(cluster, readServiceName(cluster.name)),
    selector: cluster.reads.from.replicasOnly ? { ...cluster.selector, [READS_LABEL]: 'true' } : cluster.selector,
    ports: [{ name: 'mysql', port: MYSQL_PORT }],
    service: cluster.services.read,
  });
}
