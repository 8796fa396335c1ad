import { k8s } from 'cdk8s-plus-28';

/**
 * What you add to the pods, by the fields of the pod and of its container of the same names. Nothing of it may collide
 * with what the library has there. A change rolls the pods.
 *
 * The pod's security context holds for added containers as well: uid 999, and the seccomp profile of the runtime. In a
 * namespace with the "restricted" Pod Security Standard, each also needs a `securityContext` with
 * `allowPrivilegeEscalation: false` and `capabilities: { drop: ['ALL'] }`.
 *
 * @example
 * // Metrics of each server, from an exporter that logs in as the account exporter@127.0.0.1.
 * new ReplicatedMySql(chart, 'mysql', {
 *   extras: {
 *     containers: [
 *       {
 *         name: 'exporter',
 *         image: 'prom/mysqld-exporter:v0.17.2',
 *         args: ['--mysqld.address=127.0.0.1:3306', '--mysqld.username=exporter'],
 *         env: [{ name: 'MYSQLD_EXPORTER_PASSWORD', valueFrom: { secretKeyRef: { name: 'exporter', key: 'password' } } }],
 *         ports: [{ name: 'metrics', containerPort: 9104 }],
 *         securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
 *       },
 *     ],
 *   },
 * });
 */
export interface ExtrasProps {
  /**
   * Containers after those of the library. An instance is ready only while they are ready too, so a probe here decides
   * over the server's clients.
   * @default - none
   */
  readonly containers?: k8s.Container[];

  /**
   * Init containers before those of the library. As long as one fails on an instance, peers that ask that instance wait.
   * @default - none
   */
  readonly initContainers?: k8s.Container[];

  /**
   * Volumes of the pod.
   * @default - none
   */
  readonly volumes?: k8s.Volume[];

  /**
   * Mounts of the container `mysql`, besides its own.
   * @default - none
   */
  readonly volumeMounts?: k8s.VolumeMount[];

  /**
   * Environment of the container `mysql`, such as `TZ`. Options of the server belong into `settings`.
   * @default - none
   */
  readonly env?: k8s.EnvVar[];
}
