/** What happens to volumes that hold no data of this cluster. */
export class Initialize {
  /**
   * An empty primary initializes a database once every peer that DNS knows has answered that it holds no data. No check
   * sees volumes whose pods do not exist: use `never()` after the first rollout.
   */
  public static ifEmpty(): Initialize {
    return new Initialize('ifEmpty');
  }

  /** An empty primary is refused, whatever its peers say: the volume was lost. For every cluster that holds data. */
  public static never(): Initialize {
    return new Initialize('never');
  }

  /**
   * An empty primary takes the copy of the replica that has every transaction which any replica executed or received.
   * While none has all of them, or one of the replicas does not answer, it waits, and its log says what each one lacks.
   * For a primary whose volume was lost; set it back to `never()` afterwards.
   */
  public static fromReplica(): Initialize {
    return new Initialize('fromReplica');
  }

  /**
   * Takes over a cluster without marks and GTIDs, such as the tutorial's, whose objects have the same names. The
   * primary's volume is proved whole, and gets the accounts and the cluster's id; replicas take new copies, and keep
   * their old ones as `mysql.before-adoption`. Set it to `never()` afterwards.
   */
  public static adopt(): Initialize {
    return new Initialize('adopt');
  }

  private constructor(
    /** @internal */
    public readonly policy: string,
  ) {}
}
