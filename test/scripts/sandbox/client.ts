import { createHash } from 'crypto';
import { connect, Socket } from 'net';

/** A connection to the peer port of a pod, as soon as something listens there. */
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

/** What is said next. */
export const line = (connection: Socket) =>
  new Promise<string>((resolve) => connection.once('data', (text) => resolve(String(text).trimEnd())));

/** All that is said until the other side hangs up. */
export const rest = (connection: Socket) =>
  new Promise<string>((resolve) => {
    let heard = '';
    connection.on('data', (text) => (heard += text)).once('close', () => resolve(heard));
  });

/** Proves knowledge of a password in a conversation: both nonces, and the address that was asked. */
export function proof(password: string, conversation: string, ...texts: string[]): string {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const inner = sha256([password, conversation, ...texts].map((text) => `${text}\n`).join(''));
  return sha256(`${password}\n${inner}  -\n`);
}

/** The nonce of the client in every conversation of a test. */
export const NONCE = 'nonce-of-the-client';

/** A connection on which a request was made. */
export async function request(ip: string, request: string, password = 'of backup'): Promise<Socket> {
  const connection = await dial(ip);
  const nonce = await line(connection);
  connection.write(`${proof(password, `${nonce} ${NONCE} ${ip}`, 'request', request)} ${NONCE} ${request}\n`);
  return connection;
}

/** An answer without its proof. */
const unproved = (text: string) => text.replace(/^[0-9a-f]{64} /, '');

/** What is answered next, without its proof. */
export const answer = async (connection: Socket) => unproved(await line(connection));

/** A clone that is asked for and taken: its announcement, or what is said instead, and its stream. */
export async function takeClone(ip: string): Promise<{ announcement: string; stream: string }> {
  const connection = await request(ip, 'clone');
  const announcement = await answer(connection);
  if (announcement.startsWith('offer|')) connection.write('go\n');
  return { announcement, stream: await rest(connection) };
}

/** All that is answered to a request, without its proof. */
export const ask = async (ip: string, what: string, password?: string) =>
  unproved(await rest(await request(ip, what, password)));
