/** An address that clients connect to. */
export class Endpoint {
  constructor(
    /** Host name, valid within the namespace of the cluster. */
    public readonly host: string,
    /** TCP port. */
    public readonly port: number,
  ) {}

  /** `host:port` */
  public get socketAddress(): string {
    return `${this.host}:${this.port}`;
  }

  public toString(): string {
    return this.socketAddress;
  }
}
