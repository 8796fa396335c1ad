import { k8s } from 'cdk8s-plus-28';
import { Cluster } from '../cluster';
import { MYSQL_PORT } from '../names';

/** The metadata and the port of each Service of a cluster. */
export function serviceBase(
  { namespace, labels, metadata }: Cluster,
  name: string,
): { readonly metadata: k8s.ObjectMeta; readonly ports: readonly k8s.ServicePort[] } {
  return {
    metadata: {
      name,
      namespace,
      labels: { ...metadata.serviceLabels, ...labels },
      annotations: metadata.serviceAnnotations,
    },
    ports: [{ name: 'mysql', port: MYSQL_PORT }],
  };
}
