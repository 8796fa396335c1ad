import { k8s } from 'cdk8s-plus-28';

/**
 * Placement of the pods, by the fields of the pod template of the same names.
 *
 * @example
 * // Only on nodes for databases, spread evenly over zones.
 * new ReplicatedMySql(chart, 'mysql', {
 *   scheduling: {
 *     nodeSelector: { 'node-type': 'database' },
 *     tolerations: [{ key: 'database', operator: 'Exists' }],
 *     topologySpreadConstraints: [
 *       {
 *         maxSkew: 1,
 *         topologyKey: 'topology.kubernetes.io/zone',
 *         whenUnsatisfiable: 'DoNotSchedule',
 *         labelSelector: { matchLabels: { app: 'mysql' } },
 *       },
 *     ],
 *   },
 * });
 */
export interface SchedulingProps {
  /**
   * Affinity to nodes and to other pods.
   * @default - none
   */
  readonly affinity?: k8s.Affinity;

  /**
   * Taints of nodes that the pods tolerate.
   * @default - none
   */
  readonly tolerations?: k8s.Toleration[];

  /**
   * Labels of the nodes on which the pods may run.
   * @default - none
   */
  readonly nodeSelector?: { readonly [key: string]: string };

  /**
   * Spread of the pods over nodes or zones.
   * @default - over nodes, as far as possible
   */
  readonly topologySpreadConstraints?: k8s.TopologySpreadConstraint[];

  /**
   * Name of the priority class of the pods.
   * @default - the cluster's default priority
   */
  readonly priorityClassName?: string;
}
