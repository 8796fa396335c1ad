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
   * Size of each claim, at least 256Mi.
   * @default Size.gibibytes(10)
   */
  readonly size?: Size;

  /**
   * Name of the storage class. An empty name takes volumes without a class, which nobody provisions.
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

  /**
   * Place of the temporary files that the server makes for large sorts, temporary tables and changes of tables. A
   * change rolls the pods.
   * @default TemporaryFiles.onVolume()
   */
  readonly temporary?: TemporaryFiles;
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
    public readonly _whenDeleted: string | undefined,
    /** @internal */
    public readonly _whenScaled: string | undefined,
  ) {}
}

/** Options of `TemporaryFiles.emptyDir()`. */
export interface EmptyDirOptions {
  /** Size at which the kubelet evicts the pod. */
  readonly sizeLimit: Size;
}

/** Options of `TemporaryFiles.ephemeral()`. */
export interface EphemeralOptions {
  /** Size of the volume. */
  readonly size: Size;

  /**
   * Name of the storage class.
   * @default - the default class of the Kubernetes cluster
   */
  readonly storageClassName?: string;
}

/**
 * Place of the server's temporary files. One query of an ordinary account can fill it, and an `ALTER TABLE` may write as
 * much as the table holds.
 *
 * @example
 * new ReplicatedMySql(chart, 'mysql', {
 *   storage: { temporary: TemporaryFiles.ephemeral({ size: Size.gibibytes(50), storageClassName: 'local' }) },
 * });
 *
 * @see https://dev.mysql.com/doc/refman/8.4/en/temporary-files.html
 */
export class TemporaryFiles {
  /**
   * On the volume of the data, in a directory beside them. A statement that fills the volume fails and gives the room
   * back; until then, commits wait.
   */
  public static onVolume(): TemporaryFiles {
    return new TemporaryFiles('onVolume', {});
  }

  /**
   * On the disk of the node. Whatever fills `sizeLimit` makes the kubelet evict the pod, the primary's too; the limits
   * of `ephemeralStorage` count these files as well.
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
   */
  public static emptyDir(options: EmptyDirOptions): TemporaryFiles {
    return new TemporaryFiles('emptyDir', { ...options });
  }

  /**
   * On a volume of their own, which comes and goes with the pod. A statement that fills it fails, and nothing else does.
   * @see https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/#generic-ephemeral-volumes
   */
  public static ephemeral(options: EphemeralOptions): TemporaryFiles {
    return new TemporaryFiles('ephemeral', { ...options });
  }

  private constructor(
    /** @internal */
    public readonly _place: string,
    /** @internal */
    public readonly _options: Partial<EmptyDirOptions & EphemeralOptions>,
  ) {}
}
