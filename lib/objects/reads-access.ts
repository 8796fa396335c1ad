import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cluster } from '../cluster';
import { podName } from '../names';

/**
 * Lets pods set the label by which they serve reads, on pods of this cluster only; nothing unless `reads.from` is
 * `Reads.fromReplicas()`. A patch of `pods/status` changes labels and the status, and neither images nor owners.
 * docs/security.md says what that allows.
 */
export function readsAccess(scope: Construct, cluster: Cluster): void {
  const { name, namespace, labels, replicas, reads } = cluster;
  if (!reads.from._replicasOnly) return;
  const metadata = { name, namespace, labels };
  // The rule on replicas refuses an invalid number later, with a message.
  const pods = Array.from({ length: Number.isInteger(replicas) ? replicas : 0 }, (_, i) => podName(name, i));
  new k8s.KubeServiceAccount(scope, 'service-account', { metadata, automountServiceAccountToken: false });
  new k8s.KubeRole(scope, 'role', {
    metadata,
    rules: [
      { apiGroups: [''], resources: ['pods/status'], verbs: ['patch'], resourceNames: pods },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list'] },
    ],
  });
  new k8s.KubeRoleBinding(scope, 'role-binding', {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  });
}
