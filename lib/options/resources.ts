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
   * Resources of the server.
   * @default - requests of 500m and 1Gi
   */
  readonly mysql?: ContainerResources;

  /**
   * Resources of the sidecar and of clone-mysql.
   * @default - requests of 100m and 100Mi
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
}
