import { TestCluster } from './cluster';

/** The files of a certificate's Secret. */
export interface Files {
  readonly 'tls.crt': string;
  readonly 'tls.key': string;
  readonly 'ca.crt': string;
}

/** A CA, which a pod of the cluster keeps in its memory: the machine of the tests needs no openssl. */
export class Authority {
  public static async create(cluster: TestCluster, name: string): Promise<Authority> {
    const authority = new Authority(cluster, name);
    await authority.openssl(
      `openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj /CN=${name} -keyout ca.key -out ca.crt`,
    );
    return authority;
  }

  private constructor(
    private readonly cluster: TestCluster,
    private readonly name: string,
  ) {}

  /** A certificate for these names. */
  public async issue(dnsNames: readonly string[], days = 90): Promise<Files> {
    const names = dnsNames.map((name) => `DNS:${name}`).join(',');
    await this.openssl(`
      openssl req -newkey rsa:2048 -nodes -subj /CN=mysql -keyout tls.key -out tls.csr
      openssl x509 -req -in tls.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days ${days} -extfile <(echo 'subjectAltName=${names}') -out tls.crt`);
    const file = (name: string) => this.openssl(`cat ${name}`);
    return { 'tls.crt': await file('tls.crt'), 'tls.key': await file('tls.key'), 'ca.crt': await file('ca.crt') };
  }

  private openssl(script: string): Promise<string> {
    const directory = `/tmp/authority-${this.name}`;
    return this.cluster.exec(
      0,
      `set -e; mkdir -p ${directory}; cd ${directory}; { ${script}\n} 2>openssl.log || { cat openssl.log; exit 1; }`,
    );
  }
}
