import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';

/**
 * Resources of the containers.
 *
 * @example
 * new ReplicatedMySql(chart, 'mysql', {
 *   resources: {
 *     mysql: {
 *       requests: { cpu: Cpu.units(2), memory: Size.gibibytes(8) },
 *       limits: { memory: Size.gibibytes(12) },
 *     },
 *   },
 * });
 */
export interface ResourceProps {
  /**
   * Resources of the server, and of its first initialization, which needs a memory of 256Mi. The limit of memory, else
   * its request, sizes the buffer pool and other caches; a limit also sets `max_connections`. `settings` override each.
   * @default - requests of 500m and 1Gi
   */
  readonly mysql?: ContainerResources;

  /**
   * Resources of the sidecar and of clone-mysql. Both take clones: with the CLONE plugin they run a server meanwhile,
   * which needs a memory of 400Mi; XtraBackup needs 256Mi.
   * @default - requests of 100m, and of the memory that clones need: 400Mi with the CLONE plugin, 256Mi with XtraBackup
   */
  readonly xtrabackup?: ContainerResources;
}

/** Resources of a container. */
export interface ContainerResources {
  /**
   * Amounts that are reserved.
   * @default - none
   */
  readonly requests?: ResourceAmounts;

  /**
   * Amounts that the container may not exceed.
   * @default - no limits
   */
  readonly limits?: ResourceAmounts;
}

/** Amounts of resources. */
export interface ResourceAmounts {
  /**
   * CPU, for example `Cpu.millis(500)`.
   * @default - none
   */
  readonly cpu?: Cpu;

  /**
   * Memory, for example `Size.gibibytes(1)`.
   * @default - none
   */
  readonly memory?: Size;

  /**
   * Room on the node's disk, for logs of the container and for its volumes there, for example `Size.gibibytes(2)`.
   * Beyond the sum of the limits of its containers, the kubelet evicts the pod.
   * @default - none
   * @see https://kubernetes.io/docs/concepts/storage/ephemeral-storage/
   */
  readonly ephemeralStorage?: Size;
}
