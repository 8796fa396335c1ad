import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cluster } from '../cluster';

/** Limits the instances that drains of nodes take at once; undefined when `disruption.budget` is false. */
export function disruptionBudget(scope: Construct, cluster: Cluster): k8s.KubePodDisruptionBudget | undefined {
  const { name, namespace, labels, selector, disruption } = cluster;
  if (!disruption.budget) return undefined;
  return new k8s.KubePodDisruptionBudget(scope, 'disruption-budget', {
    metadata: { name, namespace, labels },
    spec: {
      maxUnavailable: k8s.IntOrString.fromNumber(disruption.maxUnavailable),
      selector: { matchLabels: selector },
      // Not AlwaysAllow: an unready replica may hold the last copy of what it received, and a restart loses that copy.
      unhealthyPodEvictionPolicy: 'IfHealthyBudget',
    },
  });
}
