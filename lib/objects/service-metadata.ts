import { k8s } from 'cdk8s-plus-28';
import { Cluster } from '../cluster';

/** Metadata of a Service of a cluster. */
export function serviceMetadata({ namespace, labels, metadata }: Cluster, name: string): k8s.ObjectMeta {
  return {
    name,
    namespace,
    labels: { ...metadata.serviceLabels, ...labels },
    annotations: metadata.serviceAnnotations,
  };
}
