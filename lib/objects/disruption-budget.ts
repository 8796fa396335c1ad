import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cluster } from '../cluster';

/** Keeps drains of nodes from taking more instances at once than it says. */
export function disruptionBudget(scope: Construct, cluster: Cluster): k8s.KubePodDisruptionBudget | undefined {
  const { name, namespace, labels, selector, disruption } = cluster;
  if (!disruption.budget) return undefined;
  return new k8s.KubePodDisruptionBudget(scope, 'disruption-budget', {
    metadata: { name, namespace, labels },
    spec: {
      maxUnavailable: k8s.IntOrString.fromNumber(disruption.maxUnavailable),
      selector: { matchLabels: selector },
      // Not AlwaysAllow: replicas that are not ready may hold the last copy of what they received, and a restart loses it.
      unhealthyPodEvictionPolicy: 'IfHealthyBudget',
    },
  });
}
