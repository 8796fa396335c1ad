import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cluster } from './cluster';

/** my.cnf of the primary and of the replicas. */
export function configMap(scope: Construct, { name, namespace, labels, myCnf }: Cluster): k8s.KubeConfigMap {
  return new k8s.KubeConfigMap(scope, 'config-map', {
    metadata: { name, namespace, labels },
    data: { 'primary.cnf': myCnf.primary, 'replica.cnf': myCnf.replica },
  });
}
