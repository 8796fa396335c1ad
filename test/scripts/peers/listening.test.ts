import { AddressInfo, connect, createServer, Socket } from 'net';
import { CloneMethod } from '../../../lib';
import { ask, dial, nextLine, readToEnd } from '../sandbox/client';
import { onPath } from '../sandbox/commands';
import { rendered, Rendered } from '../sandbox/rendered';
import { Run, Sandbox } from '../sandbox/sandbox';
import { secret } from '../sandbox/secret';

/** A port that nothing listens on. */
const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** Another port for questions: gawk listens on all addresses of the machine, on which all pods of a test run. */
const onPort = (port: number, { scripts, configMap }: Rendered): Rendered => ({
  scripts: Object.fromEntries(
    Object.entries(scripts).map(([name, text]) => [name, text.replace('peer_port=3307', `peer_port=${port}`)]),
  ),
  configMap,
});

/** Connects, again after a reset, as a connection may get between two others; reads the nonce. */
async function greeted(ip: string, port: number): Promise<Socket> {
  for (;;) {
    const connection = await dial(ip, port);
    const nonce = await nextLine(connection).catch(() => '');
    if (nonce) return connection.on('error', () => {});
  }
}

/** The pod of mysql-1, which answers its peers while it waits for a donor. */
async function waiting(cloneMethod: CloneMethod): Promise<{ sandbox: Sandbox; run: Run; port: number }> {
  const port = cloneMethod._usesPlugin ? await freePort() : 3307;
  const sandbox = new Sandbox(onPort(port, rendered({ cloneMethod })), 1);
  sandbox.write(secret());
  const run = sandbox.start('clone-mysql', { env: { LISTEN: 'yes', SLEEP: '1' } });
  await run.waitForOutput('no clone yet: ');
  (await greeted(sandbox.ip, port)).destroy();
  return { sandbox, run, port };
}

const STATE = 'state|mysql-1|empty||down||||0:\n';

/** Asks as peers do: again after a reset. */
async function expectAnswered(ip: string, port: number): Promise<void> {
  for (const deadline = Date.now() + 30_000; ;) {
    const answer = await Promise.race([ask(ip, 'state', undefined, port), deadlineAt(deadline)]).catch(() => '');
    if (answer === STATE) return;
    if (Date.now() > deadline) throw new Error('a peer got no answer within 30 s');
  }
}
const deadlineAt = (time: number) => new Promise<string>((resolve) => setTimeout(resolve, time - Date.now(), ''));

const hostile: Socket[] = [];
afterEach(() => hostile.splice(0).forEach((socket) => socket.destroy()));

/** A stranger, on another address, who connects again whenever the pod hangs up. */
function attack(host: string, port: number, behave: (socket: Socket) => void): void {
  const socket = connect({ host, port, localAddress: '127.9.9.9' }, () => behave(socket));
  const index = hostile.push(socket) - 1;
  socket.on('error', () => {});
  socket.on('close', () => setTimeout(() => hostile[index] === socket && attack(host, port, behave), 1000).unref());
  socket.resume();
}

const silent = () => {};
const slow = (socket: Socket) => {
  const timer = setInterval(() => socket.write('x'), 500);
  socket.on('close', () => clearInterval(timer));
};

const methods: [string, CloneMethod][] = [['socat', CloneMethod.xtraBackup()]];
if (onPath('gawk')) methods.push(['gawk', CloneMethod.clonePlugin()]); // the server's images have it

describe.each(methods)('the listener that is %s', (_, method) => {
  test('answers a peer while a stranger holds 200 connections, half of which send a byte now and then', async () => {
    const { sandbox, port } = await waiting(method);
    let connected = 0;
    await new Promise<void>((allConnected) => {
      for (let i = 0; i < 200; i += 1) {
        attack(sandbox.ip, port, (socket) => {
          connected += 1;
          if (connected === 200) allConnected();
          (i % 2 ? silent : slow)(socket);
        });
      }
    });
    for (let i = 0; i < 5; i += 1) await expectAnswered(sandbox.ip, port);
  });

  test.each<[string, (socket: Socket) => void]>([
    ['nothing', silent],
    ['a byte now and then', slow],
  ])('hangs up on a connection that sends %s', async (_, behave) => {
    const { sandbox, port } = await waiting(method);
    const socket = await greeted(sandbox.ip, port);
    behave(socket);
    expect(await readToEnd(socket)).toBe('');
  });

  test('hangs up on an endless line', async () => {
    const { sandbox, port } = await waiting(method);
    const socket = await greeted(sandbox.ip, port);
    const flood = () => socket.writable && socket.write('x'.repeat(65_536), flood);
    flood();
    expect(await readToEnd(socket)).toMatch(/^(denied\n)?$/);
    await expectAnswered(sandbox.ip, port);
  });

  test('answers peers next to each other', async () => {
    const { sandbox, port } = await waiting(method);
    const idle = await greeted(sandbox.ip, port);
    await expectAnswered(sandbox.ip, port);
    idle.destroy();
  });
});
