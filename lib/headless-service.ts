import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cluster } from './cluster';
import { MYSQL_PORT } from './ports';

/** Gives each pod its name in DNS, ready or not: peers must find one another before they are ready. */
export function headlessService(scope: Construct, cluster: Cluster): k8s.KubeService {
  const { name, namespace, labels, selector, metadata } = cluster;
  return new k8s.KubeService(scope, 'headless-service', {
    metadata: {
      name,
      namespace,
      labels: { ...metadata.serviceLabels, ...labels },
      annotations: metadata.serviceAnnotations,
    },
    spec: { clusterIp: 'None', publishNotReadyAddresses: true, selector, ports: [{ name: 'mysql', port: MYSQL_PORT }] },
  });
}
