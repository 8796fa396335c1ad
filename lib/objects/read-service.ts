import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cluster } from '../cluster';
import { READS_LABEL, readServiceName } from '../names';
import { clientService } from './client-service';
import { serviceBase } from './service-base';

/** Spreads connections over all ready instances; with `Reads.fromReplicas()` over those that labelled themselves. */
export function readService(scope: Construct, cluster: Cluster): k8s.KubeService {
  return clientService(scope, 'read-service', {
    ...serviceBase(cluster, readServiceName(cluster.name)),
    selector: cluster.reads.from._replicasOnly ? { ...cluster.selector, [READS_LABEL]: 'true' } : cluster.selector,
    service: cluster.services.read,
  });
}
