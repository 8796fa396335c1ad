/** Ordinal of the primary. */
export const PRIMARY = 0;

/** The port of mysqld. */
export const MYSQL_PORT = 3306;

/** The port on which instances ask each other for their state and for clones. */
export const PEER_PORT = 3307;

/** The port on which an instance sends a clone by XtraBackup, inside TLS. It is open only meanwhile. */
export const CLONE_PORT = 3308;

/** The port that is open while an instance is ready. */
export const READY_PORT = 3309;

/** Label of the pods that serve reads with `Reads.fromReplicas()`. Each pod sets it on itself; no template has it. */
export const READS_LABEL = 'replicated-mysql/reads';

/** Labels with which the pods of such a cluster show people what they are; nothing selects by them. */
export const ROLE_LABEL = 'replicated-mysql/role';
export const STATE_LABEL = 'replicated-mysql/state';

/** Annotation of the pods: a changed my.cnf changes it, and so rolls them. */
export const MY_CNF_HASH = 'replicated-mysql/my-cnf-hash';

/** Annotation of the StatefulSet with the warnings of synth. */
export const WARNING_ANNOTATION = 'replicated-mysql/warning';

/**
 * Annotation of the objects whose text has `${…}` of its own, scripts and option files: Flux replaces no variables there.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
export const AS_WRITTEN = { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' };

/** Name of the Service for writes. */
export function primaryServiceName(cluster: string): string {
  return `${cluster}-primary`;
}

/** Name of the Service for reads. */
export function readServiceName(cluster: string): string {
  return `${cluster}-read`;
}

/** Name of a pod of a StatefulSet. */
export function podName(statefulSet: string, ordinal: number): string {
  return `${statefulSet}-${ordinal}`;
}

/** DNS name of a pod, valid within its namespace; the headless Service has the name of the StatefulSet. */
export function podHost(statefulSet: string, ordinal: number): string {
  return `${podName(statefulSet, ordinal)}.${statefulSet}`;
}

/** Name of the Certificate of cert-manager, and of the Secret that it fills. */
export function certificateName(cluster: string): string {
  return `${cluster}-tls`;
}

/** The names under which clients and peers reach a server; without a namespace, only those that need none. */
export function dnsNames(cluster: string, namespace: string | undefined, clusterDomain: string): string[] {
  const suffixes = namespace === undefined ? [] : [namespace, `${namespace}.svc`, `${namespace}.svc.${clusterDomain}`];
  const services = [cluster, primaryServiceName(cluster), readServiceName(cluster)];
  return [
    ...services.flatMap((service) => [service, ...suffixes.map((suffix) => `${service}.${suffix}`)]),
    ...suffixes.slice(-1).map((suffix) => `*.${cluster}.${suffix}`), // the pods, however many there are
    'localhost',
  ];
}

/** Throws a RangeError that names `method` unless `ordinal` is a whole number, at least 0. */
export function requireOrdinal(method: string, ordinal: number): void {
  if (!Number.isInteger(ordinal) || ordinal < 0) {
    throw new RangeError(`${method}: ${ordinal} is not an ordinal. Use a whole number, at least 0`);
  }
}
