import { createHash } from 'crypto';
import { connect, Socket } from 'net';
import { connect as connectByTls } from 'tls';
import { certificates } from './certificates';

/** Connects to the peer port of a pod, once something listens there. */
export async function dial(ip: string, port = 3307): Promise<Socket> {
  for (const deadline = Date.now() + 30_000; ;) {
    const connection = connect(port, ip);
    const open = await new Promise<boolean>((resolve) => {
      connection.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    if (open) return connection.setEncoding('utf8');
    if (Date.now() > deadline) throw new Error(`nothing listens at ${ip}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The next line from the other side. Rejects if it closes the connection instead. */
export const nextLine = (connection: Socket) =>
  new Promise<string>((resolve, reject) => {
    connection.once('data', (text) => resolve(String(text).trimEnd()));
    connection.once('close', () => reject(new Error('the other side closed the connection')));
  });

/** Everything that the other side sends until it closes the connection. */
export const readToEnd = (connection: Socket) =>
  new Promise<string>((resolve) => {
    let received = '';
    connection.on('data', (text) => (received += text)).once('close', () => resolve(received));
  });

/** Proves knowledge of a password. The conversation is both nonces and the address of the asked peer. */
export function proof(password: string, conversation: string, ...texts: string[]): string {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const inner = sha256([password, conversation, ...texts].map((text) => `${text}\n`).join(''));
  return sha256(`${password}\n${inner}  -\n`);
}

/** The client's nonce in every conversation of the tests. */
export const NONCE = 'nonce-of-the-client';

/** Connects to a pod and sends it a request. */
export async function sendRequest(
  ip: string,
  request: string,
  password = 'the password of backup',
  port = 3307,
): Promise<Socket> {
  const connection = await dial(ip, port);
  connection.write(introduction(await nextLine(connection), `${ip}:${port}`, request, password));
  return connection;
}

/** The line that sends a request, with its proof. A request begins with a role; without one it is a peer's. */
const introduction = (nonce: string, where: string, text: string, password: string) => {
  const request = /^(peer|recipient) /.test(text) ? text : `peer ${text}`;
  return `${proof(password, `${nonce} ${NONCE} ${where}`, 'request', request)} ${NONCE} ${request}\n`;
};

/** Connects to the clone port of a pod through TLS, once something listens there, and sends it a request. */
export async function sendRequestByTls(
  ip: string,
  request: string,
  password = 'the password of backup',
): Promise<Socket> {
  for (const deadline = Date.now() + 30_000; ;) {
    const ca = certificates()['ca.pem'];
    const connection = connectByTls({ port: 3308, host: ip, ca, checkServerIdentity: () => undefined });
    const error = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
      connection.once('secureConnect', () => resolve(undefined)).once('error', resolve);
    });
    if (!error) {
      connection.setEncoding('utf8').write(introduction(await nextLine(connection), `${ip}:3308`, request, password));
      return connection;
    }
    if (error.code !== 'ECONNREFUSED' || Date.now() > deadline) throw error;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Removes the proof from an answer. */
const withoutProof = (text: string) => text.replace(/^[0-9a-f]{64} /, '');

/** The next answer, without its proof. */
export const nextAnswer = async (connection: Socket) => withoutProof(await nextLine(connection));

/** Asks for a clone and takes it. Returns the announcement, or the refusal, and the stream. */
export async function takeClone(ip: string): Promise<{ announcement: string; stream: string }> {
  const connection = await sendRequest(ip, 'clone');
  const announcement = await nextAnswer(connection);
  if (!announcement.startsWith('offer|')) return { announcement, stream: '' };
  connection.write('go\n');
  const received = withoutProof(await readToEnd(await sendRequestByTls(ip, 'stream')));
  return { announcement, stream: received.slice(received.indexOf('\n') + 1) };
}

/** Sends a request and returns the whole answer, without its proof. */
export const ask = async (ip: string, what: string, password?: string, port?: number) =>
  withoutProof(await readToEnd(await sendRequest(ip, what, password, port)));
