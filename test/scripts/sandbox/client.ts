import { createHash } from 'crypto';
import { connect, Socket } from 'net';

/** Connects to the peer port of a pod, once something listens there. */
export async function dial(ip: string): Promise<Socket> {
  for (const deadline = Date.now() + 30_000; ;) {
    const connection = connect(3307, ip);
    const open = await new Promise<boolean>((resolve) => {
      connection.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    if (open) return connection.setEncoding('utf8');
    if (Date.now() > deadline) throw new Error(`nothing listens at ${ip}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The next line from the other side. */
export const nextLine = (connection: Socket) =>
  new Promise<string>((resolve) => connection.once('data', (text) => resolve(String(text).trimEnd())));

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
export async function sendRequest(ip: string, request: string, password = 'of backup'): Promise<Socket> {
  const connection = await dial(ip);
  const nonce = await nextLine(connection);
  connection.write(`${proof(password, `${nonce} ${NONCE} ${ip}`, 'request', request)} ${NONCE} ${request}\n`);
  return connection;
}

/** Removes the proof from an answer. */
const withoutProof = (text: string) => text.replace(/^[0-9a-f]{64} /, '');

/** The next answer, without its proof. */
export const nextAnswer = async (connection: Socket) => withoutProof(await nextLine(connection));

/** Asks for a clone and takes it. Returns the announcement, or the refusal, and the stream. */
export async function takeClone(ip: string): Promise<{ announcement: string; stream: string }> {
  const connection = await sendRequest(ip, 'clone');
  const announcement = await nextAnswer(connection);
  if (announcement.startsWith('offer|')) connection.write('go\n');
  return { announcement, stream: await readToEnd(connection) };
}

/** Sends a request and returns the whole answer, without its proof. */
export const ask = async (ip: string, what: string, password?: string) =>
  withoutProof(await readToEnd(await sendRequest(ip, what, password)));
