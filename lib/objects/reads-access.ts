import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cluster } from '../cluster';
import { podName } from '../names';

/** The objects that give pods access to the API server. */
export interface ReadsAccess {
  readonly serviceAccount: k8s.KubeServiceAccount;
  readonly role: k8s.KubeRole;
  readonly roleBinding: k8s.KubeRoleBinding;
}

/**
 * Lets pods set the label by which they serve reads, on pods of this cluster only; undefined unless `reads.from` is
 * `Reads.fromReplicas()`. A patch of `pods/status` changes labels and conditions, and neither images nor owners.
 */
export function readsAccess(scope: Construct, cluster: Cluster): ReadsAccess | undefined {
  const { name, namespace, labels, replicas, reads } = cluster;
  if (!reads.from.replicasOnly) return undefined;
  const metadata = { name, namespace, labels };
  // The rule on replicas refuses an invalid number later, with a message.
  const pods = Array.from({ length: Number.isInteger(replicas) ? replicas : 0 }, (_, i) => podName(name, i));
  return {
    serviceAccount: new k8s.KubeServiceAccount(scope, 'service-account', {
      metadata,
      automountServiceAccountToken: false,
    }),
    role: new k8s.KubeRole(scope, 'role', {
      metadata,
      rules: [
        { apiGroups: [''], resources: ['pods/status'], verbs: ['patch'], resourceNames: pods },
        { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list'] },
      ],
    }),
    roleBinding: new k8s.KubeRoleBinding(scope, 'role-binding', {
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    }),
  };
}
