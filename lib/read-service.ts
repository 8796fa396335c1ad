import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cluster } from './cluster';
import { MYSQL_PORT } from './ports';

/** The name of the Service for reads. */
export const readServiceName = (cluster: string) => `${cluster}-read`;

/** Spreads connections over all ready instances, the primary too. */
export function readService(scope: Construct, cluster: Cluster): k8s.KubeService {
  const { name, namespace, labels, selector, metadata } = cluster;
  return new k8s.KubeService(scope, 'read-service', {
    metadata: {
      name: readServiceName(name),
      namespace,
      labels: { ...metadata.serviceLabels, ...labels },
      annotations: metadata.serviceAnnotations,
    },
    spec: { selector, ports: [{ name: 'mysql', port: MYSQL_PORT }] },
  });
}
