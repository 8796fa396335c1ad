import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';

/** Resources of the containers. */
export interface ResourceProps {
  /**
   * Of the server.
   * @default - requests of 500m and 1Gi
   */
  readonly mysql?: ContainerResources;

  /**
   * Of the sidecar, and of clone-mysql.
   * @default - requests of 100m and 100Mi
   */
  readonly xtrabackup?: ContainerResources;
}

/** Resources of a container. */
export interface ContainerResources {
  /** What is reserved. */
  readonly requests?: ResourceAmounts;
  /**
   * What may not be exceeded.
   * @default - no limits
   */
  readonly limits?: ResourceAmounts;
}

/** Amounts of resources. */
export interface ResourceAmounts {
  /** For example `Cpu.millis(500)`. */
  readonly cpu?: Cpu;
  /** For example `Size.gibibytes(1)`. */
  readonly memory?: Size;
}
