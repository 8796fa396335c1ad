import { Size } from 'cdk8s';

/**
 * The volume of each instance.
 *
 * @example
 * new ReplicatedMySql(chart, 'mysql', {
 *   storage: { size: Size.gibibytes(250), storageClassName: 'fast', accessModes: ['ReadWriteOncePod'] },
 * });
 */
export interface StorageProps {
  /**
   * Size of each claim, at least 128Mi.
   * @default Size.gibibytes(10)
   */
  readonly size?: Size;

  /**
   * Name of the storage class; an empty name takes volumes without a class, which nobody provisions.
   * @default - the default class of the Kubernetes cluster
   */
  readonly storageClassName?: string;

  /**
   * Access modes of each claim.
   * @default ['ReadWriteOnce']
   */
  readonly accessModes?: string[];

  /**
   * Retention of claims that no pod uses any more.
   * @default ClaimRetention.retain()
   */
  readonly claimRetention?: ClaimRetention;
}

/**
 * Retention of claims, and with them of the data, that no pod uses any more. It can be changed at any time.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention
 */
export class ClaimRetention {
  /** Keeps claims until a person deletes them. */
  public static retain(): ClaimRetention {
    return new ClaimRetention(undefined, undefined);
  }

  /**
   * Deletes the claims of pods that a scale-down removes. **A scale to 0 deletes all data, that of the primary
   * included.**
   */
  public static deleteWhenScaledDown(): ClaimRetention {
    return new ClaimRetention('Retain', 'Delete');
  }

  /** Deletes all claims together with the StatefulSet, unless it is deleted with `--cascade=orphan`. */
  public static deleteWithStatefulSet(): ClaimRetention {
    return new ClaimRetention('Delete', 'Retain');
  }

  /** Deletes claims in both cases. For clusters whose data may be lost, such as those of tests. */
  public static deleteWhenUnused(): ClaimRetention {
    return new ClaimRetention('Delete', 'Delete');
  }

  private constructor(
    /** @internal Undefined stands for the default of Kubernetes. */
    public readonly whenDeleted: string | undefined,
    /** @internal */
    public readonly whenScaled: string | undefined,
  ) {}
}
