import { k8s } from 'cdk8s-plus-28';

/**
 * Additions to the pods, by the fields of the pod and of its container of the same names. Nothing of it may collide
 * with what the library has there. A change rolls the pods.
 *
 * The pod's security context holds for added containers as well: uid 999, and the seccomp profile of the runtime. In a
 * namespace with the "restricted" Pod Security Standard, each also needs a `securityContext` with
 * `allowPrivilegeEscalation: false` and `capabilities: { drop: ['ALL'] }`.
 *
 * @example
 * // A library for the server, which an init container fetches.
 * const mounts = [{ name: 'plugins', mountPath: '/usr/lib64/mysql/plugin/own' }];
 * const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
 * new ReplicatedMySql(chart, 'mysql', {
 *   extras: {
 *     initContainers: [
 *       { name: 'plugins', image: 'registry.example.com/plugins:1', volumeMounts: mounts, securityContext },
 *     ],
 *     volumes: [{ name: 'plugins', emptyDir: {} }],
 *     volumeMounts: mounts,
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
