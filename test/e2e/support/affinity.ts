/** The affinity of a pod that may run on any node except one. */
export function notOn(node: string): object {
  const elsewhere = { key: 'kubernetes.io/hostname', operator: 'NotIn', values: [node] };
  return {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [elsewhere] }] },
    },
  };
}
