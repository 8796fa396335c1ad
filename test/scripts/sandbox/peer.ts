import { createServer, Server, Socket } from 'net';
import { proof } from './client';

/** What a peer answers, by request: lines, or what it does with the connection. */
export interface Answers {
  readonly state?: string | Raw;
  /** Which of some GTIDs are missing here. */
  readonly lacks?: (gtids: string) => string;
  readonly clone?: string | Raw;
}

/** What a peer does with a connection itself. */
export type Raw = (connection: Socket, prove: Prove) => void;

/** What a peer answers to a proof that it does not take. */
export const DENIED: Raw = (connection) => connection.end('denied\n');

/** An answer behind its proof. */
export type Prove = (answer: string) => string;

/** A peer in the network of a sandbox. It asks for a proof, as peers do, but takes any. */
export class Peer {
  /** What it was asked, in order. */
  public readonly requests: string[] = [];
  public answers: Answers = {};
  public password = 'of backup';
  /** The address that its proofs are for. */
  public address: string;
  private readonly server: Server;
  private readonly connections = new Set<Socket>();

  private constructor(public readonly ip: string) {
    peers.add(this);
    this.address = ip;
    this.server = createServer((connection) => {
      this.connections.add(connection);
      connection.on('error', () => connection.destroy());
      connection.on('close', () => this.connections.delete(connection));
      connection.write('nonce\n');
      connection.once('data', (data) => this.answer(connection, data.toString().trim()));
    });
  }

  public static async start(ip: string, answers: Answers): Promise<Peer> {
    const peer = new Peer(ip);
    peer.answers = answers;
    await new Promise<void>((resolve) => peer.server.listen(3307, ip, resolve));
    return peer;
  }

  public stop(): void {
    for (const connection of this.connections) connection.destroy();
    this.server.close();
    peers.delete(this);
  }

  private answer(connection: Socket, line: string): void {
    const [, theirs, ...words] = line.split(' ');
    const request = words.join(' ');
    const prove: Prove = (text) =>
      `${proof(this.password, `nonce ${theirs} ${this.address}`, 'answer', request, text)} ${text}\n`;
    this.requests.push(request);
    const [word, gtids] = request.split(' ');
    const answer =
      word === 'lacks' ? this.answers.lacks?.(gtids) : word === 'state' ? this.answers.state : this.answers.clone;
    if (typeof answer === 'function') answer(connection, prove);
    else connection.end(answer === undefined ? '' : prove(answer));
  }
}

const peers = new Set<Peer>();
afterEach(() => peers.forEach((peer) => peer.stop()));

/** What a peer says of itself. */
export const states = {
  empty: (name: string) => `state|${name}|empty||down|||`,
  open: (name: string, cluster: string) => `state|${name}|complete|${cluster}|open|||`,
  closed: (name: string, cluster: string) => `state|${name}|complete|${cluster}|closed|||`,
  down: (name: string, cluster: string) => `state|${name}|complete|${cluster}|down|||`,
};
