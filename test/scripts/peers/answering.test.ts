import { ask, dial, nextLine, NONCE, proof, readToEnd } from '../sandbox/client';
import { byXtrabackup } from '../sandbox/rendered';
import { Sandbox } from '../sandbox/sandbox';
import { secret } from '../sandbox/secret';

const cluster = byXtrabackup();

/** The pod of mysql-1, which answers its peers while it waits for a donor. */
async function waiting(passwords?: Parameters<typeof secret>[0]) {
  const sandbox = new Sandbox(cluster, 1);
  sandbox.write(secret(passwords));
  const run = sandbox.start('clone-mysql', { env: { LISTEN: 'yes', SLEEP: '1' } });
  await run.waitForOutput('no clone yet: ');
  return { sandbox, run };
}

test('an instance tells its state to a peer that knows the password', async () => {
  const { sandbox } = await waiting();
  expect(await ask(sandbox.ip, 'state')).toBe('state|mysql-1|empty||down||||0:\n');
});

test('an instance that waits for a clone refuses to serve one', async () => {
  const { sandbox } = await waiting();
  expect(await ask(sandbox.ip, 'clone')).toBe('refused|mysql-1 is waiting for a clone itself\n');
});

test.each([
  ['state', 'state|mysql-1|empty||down||||0:\n'],
  ['certificate', 'refused|mysql-1 is waiting for a clone itself\n'],
  ['clone', 'refused|mysql-1 is waiting for a clone itself\n'],
  ['lacks u:1', ''],
])('an instance answers a recipient that asks "%s" with "%s"', async (request, answer) => {
  const { sandbox } = await waiting();
  expect(await ask(sandbox.ip, `recipient ${request}`)).toBe(answer);
});

test('an instance does not know other roles', async () => {
  const { sandbox } = await waiting();
  expect(await ask(sandbox.ip, 'peer stranger state')).toBe('');
});

describe('an instance tells nothing to a client that', () => {
  test('does not know the password', async () => {
    const { sandbox, run } = await waiting();
    expect(await ask(sandbox.ip, 'state', 'of nobody')).toBe('denied\n');
    await run.waitForOutput('does not know the backup password of this cluster');
  });

  test('tries again and again; the instance logs the address once every 30 s', async () => {
    const { sandbox, run } = await waiting();
    const timesLogged = () => run.output.match(/does not know the backup password/g)?.length;
    for (let i = 0; i < 3; i += 1) expect(await ask(sandbox.ip, 'state', 'of nobody')).toBe('denied\n');
    await run.waitForOutput('denied: 127.');
    expect(timesLogged()).toBe(1);
    sandbox.setUptime(Number(sandbox.read('tmp/denied')) + 30);
    expect(await ask(sandbox.ip, 'state', 'of nobody')).toBe('denied\n');
    await run.waitUntil('the address to be logged again', () => timesLogged() === 2);
  });

  test('replays the proof of another connection', async () => {
    const { sandbox } = await waiting();
    const first = await dial(sandbox.ip);
    const replayed = proof(
      'the password of backup',
      `${await nextLine(first)} ${NONCE} ${sandbox.ip}:3307`,
      'request',
      'peer state',
    );
    const second = await dial(sandbox.ip);
    await nextLine(second);
    second.write(`${replayed} ${NONCE} peer state\n`);
    expect(await nextLine(second)).toBe('denied');
    first.destroy();
  });

  test('replaces the request behind a proof', async () => {
    const { sandbox } = await waiting();
    const connection = await dial(sandbox.ip);
    const state = proof(
      'the password of backup',
      `${await nextLine(connection)} ${NONCE} ${sandbox.ip}:3307`,
      'request',
      'peer state',
    );
    connection.write(`${state} ${NONCE} peer clone\n`);
    expect(await nextLine(connection)).toBe('denied');
  });

  test('replaces the role behind a proof', async () => {
    const { sandbox } = await waiting();
    const connection = await dial(sandbox.ip);
    const nonce = await nextLine(connection);
    const given = proof(
      'the password of backup',
      `${nonce} ${NONCE} ${sandbox.ip}:3307`,
      'request',
      'recipient lacks u:1',
    );
    connection.write(`${given} ${NONCE} peer lacks u:1\n`);
    expect(await nextLine(connection)).toBe('denied');
  });

  test('relays a proof that was made for another address', async () => {
    const { sandbox } = await waiting();
    const connection = await dial(sandbox.ip);
    const elsewhere = proof(
      'the password of backup',
      `${await nextLine(connection)} ${NONCE} 127.9.9.9:3307`,
      'request',
      'peer state',
    );
    connection.write(`${elsewhere} ${NONCE} peer state\n`);
    expect(await nextLine(connection)).toBe('denied');
  });

  test('speaks another protocol', async () => {
    const { sandbox } = await waiting();
    const connection = await dial(sandbox.ip);
    await nextLine(connection);
    connection.write('GET / HTTP/1.1\r\n\r\n');
    expect(await nextLine(connection)).toBe('denied');
  });

  test('proves an empty password while the password file is missing', async () => {
    const { sandbox } = await waiting();
    sandbox.remove('mnt/credentials/backup-password');
    expect(await ask(sandbox.ip, 'state', '')).not.toContain('state|');
  });

  test('sends nothing; the instance closes the connection', async () => {
    const { sandbox } = await waiting();
    const connection = await dial(sandbox.ip);
    await nextLine(connection);
    expect(await readToEnd(connection)).toBe('');
  });

  test('sends an endless line; the instance denies it', async () => {
    const { sandbox } = await waiting();
    const connection = await dial(sandbox.ip);
    await nextLine(connection);
    connection.on('error', () => {}).write('x'.repeat(100_000));
    expect(await nextLine(connection)).toBe('denied');
  });
});

test('an instance sends a new nonce on every connection', async () => {
  const { sandbox } = await waiting();
  const nonces = [await nextLine(await dial(sandbox.ip)), await nextLine(await dial(sandbox.ip))];
  expect(nonces[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(nonces[1]).not.toBe(nonces[0]);
});
