import { TestCluster } from '../../e2e/support/cluster';

const NAME = 'stranger';

/** A pod that is neither a peer nor a client: it knows addresses, but no password. It stores the answers in /tmp/heard.*. */
export class Stranger {
  public static async start(cluster: TestCluster): Promise<Stranger> {
    await cluster.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: NAME, labels: { app: 'stranger' } },
      spec: {
        terminationGracePeriodSeconds: 0,
        containers: [{ name: NAME, image: 'percona/percona-xtrabackup:8.4', command: ['sleep', '1000000'] }],
      },
    });
    await cluster.podReady(NAME);
    return new Stranger(cluster);
  }

  private constructor(private readonly cluster: TestCluster) {}

  /** Does at once what a scanner, a misdirected client and an attacker might do. @returns the answers */
  public attack(hosts: string[]): Promise<string> {
    return this.exec(`rm -f /tmp/heard.*; for host in ${hosts.join(' ')}; do ${ATTACKS} done; wait; cat /tmp/heard.*`);
  }

  /** Whether a port accepts its connections. */
  public async reaches(host: string, port: number): Promise<boolean> {
    return (
      (await this.exec(`timeout 5 bash -c ': </dev/tcp/${host}/${port}' 2>/dev/null && echo open || echo closed`)) ===
      'open\n'
    );
  }

  public async stop(): Promise<void> {
    await this.cluster.kubectl('delete', 'pod', NAME, '--now');
  }

  private exec(script: string): Promise<string> {
    return this.cluster.kubectl('exec', NAME, '--', 'bash', '-c', script);
  }
}

const talk = (name: string, port: number, script: string) =>
  // A listener that serves one connection at a time refuses the others meanwhile.
  `{ timeout 120 bash -c 'until { exec 3<>/dev/tcp/'$host'/${port}; } 2>/dev/null; do sleep 0.3; done; { ${script}; } >&3; timeout 8 cat <&3' >/tmp/heard.$host.${name} 2>/dev/null || true; } &`;

/** The proof as computed without the Secret. */
const KEYLESS = `read -r nonce <&3; talk="$nonce mine $(getent hosts '$host' | cut -d " " -f 1)"; inner=$(printf "%s\\n" "" "$talk" request clone | sha256sum); echo "$(printf "%s\\n" "" "$inner" | sha256sum | cut -d " " -f 1) mine clone"`;

const ATTACKS = [
  talk('scan', 3307, 'true'),
  talk('garbage', 3307, 'head -c 300000 /dev/urandom'),
  talk('http', 3307, 'printf "GET / HTTP/1.1\\r\\n\\r\\n"'),
  talk('unproved', 3307, 'echo mine clone'),
  talk('wrong', 3307, 'printf "%064d mine clone\\n" 0'),
  talk('empty', 3307, 'printf "  clone\\n"'),
  talk('echo', 3307, 'read -r nonce <&3; echo "$nonce mine clone"'),
  talk('keyless', 3307, KEYLESS),
  talk('injection', 3307, 'echo "x mine \\$(touch /tmp/injected);clone"'),
  ...Array.from({ length: 10 }, (_, n) => talk(`half-open-${n}`, 3307, 'sleep 8')),
  talk('mysql-scan', 3306, 'true'),
  talk('mysql-garbage', 3306, 'head -c 300000 /dev/urandom'),
  ...['root', 'replication', 'backup', 'probe'].map(
    (user) =>
      `{ mysql --user=${user} --password=guess --host=$host --connect-timeout=5 -e "SELECT user, authentication_string FROM mysql.user" >/tmp/heard.$host.${user} 2>/dev/null || true; } &`,
  ),
].join('\n');
