import { Size } from 'cdk8s';

/** The volume of each instance. */
export interface StorageProps {
  /**
   * Size of each claim, at least 128Mi.
   * @default Size.gibibytes(10)
   */
  readonly size?: Size;

  /**
   * Name of the storage class.
   * @default - the default class of the Kubernetes cluster
   */
  readonly storageClassName?: string;

  /**
   * Access modes of each claim.
   * @default ['ReadWriteOnce']
   */
  readonly accessModes?: string[];

  /**
   * What becomes of claims that nobody uses any more.
   * @default ClaimRetention.retain()
   */
  readonly claimRetention?: ClaimRetention;
}

/**
 * What becomes of claims, and with them of the data, when nobody uses them any more. It can be changed at any time.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention
 */
export class ClaimRetention {
  /** Claims stay until a person deletes them. */
  public static retain(): ClaimRetention {
    return new ClaimRetention(undefined, undefined);
  }

  /**
   * The claims of pods that a scale-down removes are deleted. **A scale to 0 deletes all data, the primary's too.**
   */
  public static deleteWhenScaledDown(): ClaimRetention {
    return new ClaimRetention('Retain', 'Delete');
  }

  /** All claims are deleted with the StatefulSet, unless that is deleted with `--cascade=orphan`. */
  public static deleteWithStatefulSet(): ClaimRetention {
    return new ClaimRetention('Delete', 'Retain');
  }

  /** Both: no claim outlives its use. For clusters whose data can be lost, such as those of tests. */
  public static deleteWhenUnused(): ClaimRetention {
    return new ClaimRetention('Delete', 'Delete');
  }

  private constructor(
    /** @internal Undefined where Kubernetes' own default is meant. */
    public readonly whenDeleted: string | undefined,
    /** @internal */
    public readonly whenScaled: string | undefined,
  ) {}
}
