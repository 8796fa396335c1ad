import { Duration } from 'cdk8s';

/**
 * An account for an application. The open primary makes it, and keeps it as the code says.
 *
 * @example
 * new ReplicatedMySql(chart, 'mysql', {
 *   databases: ['shop'],
 *   users: [
 *     { name: 'shop', password: Password.fromKey('shop-password'), grants: [Grant.readWrite('shop')] },
 *     { name: 'report', password: Password.fromKey('report-password'), grants: [Grant.readOnly('shop')], requireTls: true },
 *   ],
 * });
 */
export interface UserProps {
  /** Name of the account: at most 32 characters, and not one of the server's or the cluster's own. */
  readonly name: string;

  /** Its password. */
  readonly password: Password;

  /**
   * Its privileges. Those that it has besides are taken away from it.
   * @default - nothing but to log in
   */
  readonly grants?: Grant[];

  /**
   * Roles that it has, and uses in each session. They exist: `CREATE ROLE` makes one, and `GRANT` gives it privileges.
   * Other roles are taken away from it.
   * @default - none
   */
  readonly roles?: string[];

  /**
   * The hosts that it may log in from: addresses, networks (`10.0.0.0/255.0.0.0`) or patterns (`10.%`). Each is an account of its
   * own for the server.
   * @default ['%'], from anywhere
   */
  readonly hosts?: string[];

  /**
   * It may log in only over TLS.
   * @default false
   */
  readonly requireTls?: boolean;

  /**
   * It may log in only with a client certificate of the server's CA.
   * @default false
   */
  readonly requireX509?: boolean;

  /**
   * Maximum number of connections that it may have at once, on each instance.
   * @default - no limit but the server's
   */
  readonly maxConnections?: number;
}

/** Options of `Password.fromKey()`. */
export interface PasswordOptions {
  /**
   * How long the password before stays valid after a change of the Secret, in whole seconds: long enough for all
   * clients to restart with the new one.
   * @default Duration.hours(1)
   */
  readonly keepOld?: Duration;
}

/** The password of an account. It is never part of the synthesized YAML. */
export class Password {
  /**
   * A password from the cluster's Secret. When its value in the Secret changes, the primary changes the password, and
   * the old one stays valid for a while.
   *
   * @param key its key in the Secret that `credentials` names
   */
  public static fromKey(key: string, options: PasswordOptions = {}): Password {
    return new Password(key, options);
  }

  private constructor(
    /** Its key in the Secret. */
    public readonly key: string,
    /** @internal */
    public readonly _options: PasswordOptions,
  ) {}

  /** @internal */
  public get _keepOld(): Duration {
    return this._options.keepOld ?? Duration.hours(1);
  }
}

/** The object of a privilege of `Grant.of()`. */
export interface GrantObject {
  /**
   * Name of the database.
   * @default - all databases, and the server: a global privilege
   */
  readonly database?: string;

  /**
   * Name of the table.
   * @default - all tables of the database
   */
  readonly table?: string;
}

/** Privileges of an account. */
export class Grant {
  /** To read and write the rows of a database, and to call its routines. */
  public static readWrite(database: string): Grant {
    const rows = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];
    return new Grant([...rows, 'EXECUTE', 'SHOW VIEW', 'LOCK TABLES', 'CREATE TEMPORARY TABLES'], { database });
  }

  /** To read the rows of a database. */
  public static readOnly(database: string): Grant {
    return new Grant(['SELECT', 'SHOW VIEW'], { database });
  }

  /** To do everything within a database, which includes to change and drop its tables. */
  public static owner(database: string): Grant {
    return new Grant(['ALL PRIVILEGES'], { database });
  }

  /**
   * Chosen privileges.
   *
   * @param privileges such as `SELECT` or `REPLICATION CLIENT`
   * @param on what they apply to
   * @see https://dev.mysql.com/doc/refman/8.4/en/privileges-provided.html
   */
  public static of(privileges: string[], on: GrantObject = {}): Grant {
    return new Grant(privileges, on);
  }

  private constructor(
    /** @internal */
    public readonly _privileges: readonly string[],
    /** @internal */
    public readonly _on: GrantObject,
  ) {}
}
