import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cluster } from '../cluster';
import { podName } from '../names';

/** Lets pods set the label by which they serve reads: on pods of this cluster alone, and nothing else. */
export function readsAccess(scope: Construct, { name, namespace, labels, replicas }: Cluster): void {
  const metadata = { name, namespace, labels };
  // What is no number of instances is refused later, with a message.
  const pods = Array.from({ length: Number.isInteger(replicas) ? replicas : 0 }, (_, i) => podName(name, i));
  new k8s.KubeServiceAccount(scope, 'service-account', { metadata, automountServiceAccountToken: false });
  new k8s.KubeRole(scope, 'role', {
    metadata,
    rules: [
      { apiGroups: [''], resources: ['pods'], verbs: ['patch'], resourceNames: pods },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list'] },
    ],
  });
  new k8s.KubeRoleBinding(scope, 'role-binding', {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  });
}
