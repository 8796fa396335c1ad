import { MYSQL_PORT, PEER_PORT } from '../../../lib/names';
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

/** Between two connections, a listener may refuse one. */
const connected = (port: number) => `{ exec 3<>/dev/tcp/'$host'/${port}; } 2>/dev/null`;

/** A connection that the peer port has taken on: it has sent a nonce. It takes few at a time from one address. */
const ADMITTED = `${connected(PEER_PORT)} && read -r -t 5 nonce <&3`;

/** One connection: `script` reads from descriptor 3, and its output goes to the other side. Prints what comes back. */
const connection = (script: string, open: string) =>
  `timeout 120 bash -c 'until ${open}; do sleep 0.3; done; { ${script}; } >&3; timeout 8 cat <&3'`;

/** One conversation on the peer port of $host; `script` has the nonce in $nonce. */
export const conversation = (script: string) => connection(script, ADMITTED);

const background = (name: string, command: string) => `{ ${command} >/tmp/heard.$host.${name} 2>/dev/null || true; } &`;
const talk = (name: string, port: number, script: string) => background(name, connection(script, connected(port)));
const converse = (name: string, script: string) => background(name, conversation(script));

/** A request with the proof as somebody computes it who knows the protocol, and not the password. */
export const keyless = (request: string) =>
  `read -r address _ < <(getent ahosts '$host'); talk="$nonce mine $address:${PEER_PORT}"; inner=$(printf "%s\\n" "" "$talk" request "${request}" | sha256sum); echo "$(printf "%s\\n" "" "$inner" | sha256sum | cut -d " " -f 1) mine ${request}"`;

const ATTACKS = [
  talk('scan', PEER_PORT, 'true'),
  converse('garbage', 'head -c 300000 /dev/urandom'),
  converse('http', 'printf "GET / HTTP/1.1\\r\\n\\r\\n"'),
  converse('unproved', 'echo mine peer clone'),
  converse('wrong', 'printf "%064d mine peer clone\\n" 0'),
  converse('empty', 'printf "  peer clone\\n"'),
  converse('echo', 'echo "$nonce mine peer clone"'),
  converse('keyless', keyless('peer clone')),
  converse('keyless-recipient', keyless('recipient clone')),
  converse('keyless-lacks', keyless('peer lacks 0: 3e11fa47-71ca-11e1-9e33-c80aa9429562:1-7')),
  converse('injection', 'echo "x mine peer \\$(touch /tmp/injected);clone"'),
  converse('injection-lacks', 'echo "x mine peer lacks a[\\$(touch /tmp/injected)]: \\$(touch /tmp/injected)"'),
  ...Array.from({ length: 10 }, (_, n) => talk(`half-open-${n}`, PEER_PORT, 'sleep 8')),
  talk('mysql-scan', MYSQL_PORT, 'true'),
  talk('mysql-garbage', MYSQL_PORT, 'head -c 300000 /dev/urandom'),
  ...['root', 'replication', 'backup', 'probe'].map((user) =>
    background(
      user,
      `mysql --user=${user} --password=guess --host=$host --connect-timeout=5 -e "SELECT user, authentication_string FROM mysql.user"`,
    ),
  ),
].join('\n');
