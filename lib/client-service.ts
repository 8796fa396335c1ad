import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cluster } from './cluster';
import { MYSQL_PORT } from './ports';

/** A Service that clients connect to: it leads to ready instances alone. */
export function clientService(
  scope: Construct,
  id: string,
  { namespace, labels, metadata }: Cluster,
  name: string,
  selector: Record<string, string>,
): k8s.KubeService {
  return new k8s.KubeService(scope, id, {
    metadata: {
      name,
      namespace,
      labels: { ...metadata.serviceLabels, ...labels },
      annotations: metadata.serviceAnnotations,
    },
    spec: { selector, ports: [{ name: 'mysql', port: MYSQL_PORT }] },
  });
}
