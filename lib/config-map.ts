import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cluster } from './cluster';

/**
 * What init-mysql reads at each start of a pod: my.cnf of the roles, and what an empty primary goes by. The latter is
 * not in its script, so that setting `replicas` or `initialize` restarts no pod.
 */
export function configMap(scope: Construct, cluster: Cluster): k8s.KubeConfigMap {
  const { name, namespace, labels, myCnf, replicas, initialize } = cluster;
  return new k8s.KubeConfigMap(scope, 'config-map', {
    metadata: { name, namespace, labels },
    data: {
      'primary.cnf': myCnf.primary,
      'replica.cnf': myCnf.replica,
      initialize: initialize.policy,
      replicas: String(replicas),
    },
  });
}
