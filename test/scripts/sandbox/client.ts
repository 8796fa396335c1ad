import { createHash } from 'crypto';
import { connect, Socket } from 'net';

/** A connection to the clone port of a pod, as soon as something listens there. */
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

/** What shows that one knows a password. Pods of different releases meet here, so it cannot change. */
export function proof(password: string, nonce: string, request: string): string {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  return sha256(`${password}\n${sha256(`${password}\n${nonce}\n${request}\n`)}  -\n`);
}

/** A connection on which a request was made. */
export async function request(ip: string, request: string, password = 'of backup'): Promise<Socket> {
  const connection = await dial(ip);
  const nonce = await line(connection);
  connection.write(`${proof(password, nonce, request)} ${request}\n`);
  return connection;
}

/** A clone that is asked for and taken: its announcement, or what is said instead, and its stream. */
export async function takeClone(ip: string): Promise<{ announcement: string; stream: string }> {
  const connection = await request(ip, 'clone');
  const announcement = await line(connection);
  if (announcement.startsWith('offer|')) connection.write('go\n');
  return { announcement, stream: await rest(connection) };
}

/** All that is answered to a request. */
export const ask = async (ip: string, what: string, password?: string) => rest(await request(ip, what, password));
