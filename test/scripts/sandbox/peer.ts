import { createServer, Server, Socket } from 'net';
import { createServer as createTlsServer } from 'tls';
import { certificates } from './certificates';
import { proof } from './client';

/** The answers of a peer, by request: a line, or a handler of the connection. */
export interface Answers {
  readonly state?: string | ConnectionHandler;
  readonly certificate?: string | ConnectionHandler;
  /** Answers which GTIDs of a set this peer lacks; the set is of somebody whose last opening is `epoch`. */
  readonly lacks?: (gtids: string, epoch: string) => string;
  readonly clone?: string | ConnectionHandler;
  /** The answer inside TLS. */
  readonly stream?: string | ConnectionHandler;
}

/** Handles a connection instead of sending one line. */
export type ConnectionHandler = (connection: Socket, prove: Prove) => void;

/** The answer to a proof that the peer does not accept. */
export const DENIED: ConnectionHandler = (connection) => connection.end('denied\n');

/** Puts the proof of an answer in front of it. */
export type Prove = (answer: string) => string;

/** A peer in the network of a sandbox. It asks for a proof, as every peer does, but accepts any. */
export class Peer {
  /** The requests that it has received, in order. */
  public readonly requests: string[] = [];
  /** All that askers have sent. */
  public received = '';
  public answers: Answers = {};
  public password = 'the password of backup';
  /** The address that its proofs contain. */
  public address: string;
  private readonly servers: Server[];
  private readonly connections = new Set<Socket>();

  private constructor(public readonly ip: string) {
    peers.add(this);
    this.address = ip;
    const { 'server-cert.pem': cert, 'server-key.pem': key } = certificates();
    const tls = createTlsServer({ cert, key }, (connection) => this.converse(connection, 3308));
    this.servers = [createServer((connection) => this.converse(connection, 3307)), tls];
  }

  public static async start(ip: string, answers: Answers): Promise<Peer> {
    const peer = new Peer(ip);
    peer.answers = answers;
    await Promise.all(peer.servers.map((server, i) => new Promise<void>((done) => server.listen(3307 + i, ip, done))));
    return peer;
  }

  public stop(): void {
    for (const connection of this.connections) connection.destroy();
    this.stopListening();
    peers.delete(this);
  }

  /** Takes no new connection; those that are open stay so. */
  public stopListening(): void {
    for (const server of this.servers) server.close();
  }

  private converse(connection: Socket, port: number): void {
    this.connections.add(connection);
    connection.on('error', () => connection.destroy());
    connection.on('close', () => this.connections.delete(connection));
    connection.write('nonce\n');
    connection.on('data', (data) => (this.received += data.toString()));
    connection.once('data', (data) => this.answer(connection, port, data.toString().trim()));
  }

  private answer(connection: Socket, port: number, line: string): void {
    const [, clientNonce, ...words] = line.split(' ');
    const request = words.join(' ');
    const prove: Prove = (text) =>
      `${proof(this.password, `nonce ${clientNonce} ${this.address}:${port}`, 'answer', request, text)} ${text}\n`;
    const [, verb, epoch = '', gtids = ''] = words; // after the role
    this.requests.push(words.slice(1).join(' '));
    const answer =
      verb === 'lacks'
        ? this.answers.lacks?.(gtids, epoch)
        : this.answers[verb as 'state' | 'certificate' | 'clone' | 'stream'];
    if (typeof answer === 'function') answer(connection, prove);
    else connection.end(answer === undefined ? '' : prove(answer));
  }
}

const peers = new Set<Peer>();
afterEach(() => peers.forEach((peer) => peer.stop()));

/** Answers to the request `state`. */
export const states = {
  empty: (name: string) => `state|${name}|empty||down||||0:`,
  open: (name: string, cluster: string) => `state|${name}|complete|${cluster}|open||||0:`,
  closed: (name: string, cluster: string) => `state|${name}|complete|${cluster}|closed||||0:`,
  down: (name: string, cluster: string) => `state|${name}|complete|${cluster}|down||||0:`,
};
