import { EnvValue, ISecret } from 'cdk8s-plus-28';
import { Endpoint } from './endpoint';

/** Account, Secret and endpoints of an application. */
export class Connection {
  constructor(
    /** Name of the account. */
    public readonly user: string,
    /** Name of the Secret with its password. */
    public readonly secretName: string,
    /** Key of the password in that Secret. */
    public readonly passwordKey: string,
    /** The endpoint for writes: the Service that leads to the primary while it is open. */
    public readonly primary: Endpoint,
    /** The endpoint for reads. */
    public readonly read: Endpoint,
    private readonly secret: ISecret,
  ) {}

  /**
   * Environment variables for a container of cdk8s-plus: `MYSQL_HOST`, `MYSQL_PORT`, `MYSQL_READ_HOST`, `MYSQL_USER`, and
   * `MYSQL_PASSWORD` from the Secret.
   *
   * @example
   * const mysql = new ReplicatedMySql(chart, 'mysql', {
   *   users: [{ name: 'shop', password: Password.fromKey('shop-password') }],
   * });
   * new Deployment(chart, 'shop', {
   *   containers: [{ image: 'shop:1', envVariables: mysql.connection('shop').env }],
   * });
   */
  public get env(): { [name: string]: EnvValue } {
    return {
      MYSQL_HOST: EnvValue.fromValue(this.primary.host),
      MYSQL_PORT: EnvValue.fromValue(String(this.primary.port)),
      MYSQL_READ_HOST: EnvValue.fromValue(this.read.host),
      MYSQL_USER: EnvValue.fromValue(this.user),
      MYSQL_PASSWORD: EnvValue.fromSecretValue({ secret: this.secret, key: this.passwordKey }),
    };
  }
}
