import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cluster } from '../cluster';
import { AS_WRITTEN } from '../names';
import { myCnf } from '../pod/my-cnf';
import { usersText } from '../pod/users';

/**
 * The ConfigMap, which init containers read at each start of a pod: my.cnf for each role, and what decides whether an
 * empty primary may initialize. The latter is not part of their scripts, so that a change of it restarts no pod.
 */
export function configMap(scope: Construct, cluster: Cluster): k8s.KubeConfigMap {
  const { name, namespace, labels, initialize, podManagementPolicy, replicas } = cluster;
  const { primary, replica } = myCnf(cluster);
  return new k8s.KubeConfigMap(scope, 'config-map', {
    metadata: { name, namespace, labels, annotations: AS_WRITTEN },
    data: {
      'primary.cnf': primary,
      'replica.cnf': replica,
      initialize: initialize._policy,
      ...(initialize._options.sql ? { 'initialize.sql': initialize._options.sql } : {}),
      podManagementPolicy,
      replicas: String(replicas),
      ...usersText(cluster),
    },
  });
}
