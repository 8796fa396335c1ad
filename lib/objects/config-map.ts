import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cluster } from '../cluster';
import { myCnf } from '../pod/my-cnf';

/**
 * What the init containers read at each start of a pod: my.cnf of the roles, and what an empty primary goes by. The
 * latter is not in their scripts, so that setting one of these restarts no pod.
 */
export function configMap(scope: Construct, cluster: Cluster): k8s.KubeConfigMap {
  const { name, namespace, labels, initialize, podManagementPolicy, replicas } = cluster;
  const { primary, replica } = myCnf(cluster);
  return new k8s.KubeConfigMap(scope, 'config-map', {
    metadata: { name, namespace, labels },
    data: {
      'primary.cnf': primary,
      'replica.cnf': replica,
      initialize: initialize.policy,
      podManagementPolicy,
      replicas: String(replicas),
    },
  });
}
