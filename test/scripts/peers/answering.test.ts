import { utimesSync } from 'fs';
import { ask, dial, nextLine, NONCE, proof, readToEnd } from '../sandbox/client';
import { rendered } from '../sandbox/rendered';
import { Sandbox } from '../sandbox/sandbox';
import { secret } from '../sandbox/secret';

const cluster = rendered();

/** The pod of mysql-1, which answers its peers while it waits for a donor. */
async function waiting(passwords?: Parameters<typeof secret>[0]) {
  const sandbox = new Sandbox(cluster, 1);
  sandbox.write(secret(passwords));
  const run = sandbox.start('clone-mysql', { env: { LISTEN: 'yes', SLEEP: '1' } });
  await run.waitForOutput('no clone yet: ');
  return { sandbox, run };
}

test('a peer that knows the password hears what this pod holds', async () => {
  const { sandbox } = await waiting();
  expect(await ask(sandbox.ip, 'state')).toBe('state|mysql-1|empty||down|||\n');
});

test('a pod that waits for a clone serves none', async () => {
  const { sandbox } = await waiting();
  expect(await ask(sandbox.ip, 'clone')).toBe('refused|mysql-1 is waiting for a clone itself\n');
});

describe('nothing is told to', () => {
  test('a peer that does not know the password', async () => {
    const { sandbox, run } = await waiting();
    expect(await ask(sandbox.ip, 'state', 'of nobody')).toBe('denied\n');
    await run.waitForOutput('does not know the backup password of this cluster');
  });

  test('one who tries again and again, and is named in the log every 30 s', async () => {
    const { sandbox, run } = await waiting();
    const named = () => run.output.match(/does not know the backup password/g)?.length;
    for (let times = 0; times < 3; times += 1) expect(await ask(sandbox.ip, 'state', 'of nobody')).toBe('denied\n');
    await run.waitForOutput('denied: 127.');
    expect(named()).toBe(1);
    const longAgo = Date.now() / 1000 - 31;
    utimesSync(sandbox.path('tmp/denied'), longAgo, longAgo);
    expect(await ask(sandbox.ip, 'state', 'of nobody')).toBe('denied\n');
    await run.waitUntil('it to be said again', () => named() === 2);
  });

  test('one who repeats the proof of another connection', async () => {
    const { sandbox } = await waiting();
    const first = await dial(sandbox.ip);
    const heard = proof('of backup', `${await nextLine(first)} ${NONCE} ${sandbox.ip}`, 'request', 'state');
    const second = await dial(sandbox.ip);
    await nextLine(second);
    second.write(`${heard} ${NONCE} state\n`);
    expect(await nextLine(second)).toBe('denied');
    first.destroy();
  });

  test('one who puts another request behind a proof', async () => {
    const { sandbox } = await waiting();
    const connection = await dial(sandbox.ip);
    const state = proof('of backup', `${await nextLine(connection)} ${NONCE} ${sandbox.ip}`, 'request', 'state');
    connection.write(`${state} ${NONCE} clone\n`);
    expect(await nextLine(connection)).toBe('denied');
  });

  test('one whose proof is for another address: a stranger has relayed the question', async () => {
    const { sandbox } = await waiting();
    const connection = await dial(sandbox.ip);
    const elsewhere = proof('of backup', `${await nextLine(connection)} ${NONCE} 127.9.9.9`, 'request', 'state');
    connection.write(`${elsewhere} ${NONCE} state\n`);
    expect(await nextLine(connection)).toBe('denied');
  });

  test('one who talks no protocol of ours', async () => {
    const { sandbox } = await waiting();
    const connection = await dial(sandbox.ip);
    await nextLine(connection);
    connection.write('GET / HTTP/1.1\r\n\r\n');
    expect(await nextLine(connection)).toBe('denied');
  });

  test('anybody, when the password is not there: an empty one proves nothing', async () => {
    const { sandbox } = await waiting();
    sandbox.remove('mnt/credentials/backup-password');
    expect(await ask(sandbox.ip, 'state', '')).not.toContain('state|');
  });

  test('one who says nothing, and is hung up on', async () => {
    const { sandbox } = await waiting();
    const connection = await dial(sandbox.ip);
    await nextLine(connection);
    expect(await readToEnd(connection)).toBe('');
  });

  test('one who goes on and on without a line, and is hung up on', async () => {
    const { sandbox } = await waiting();
    const connection = await dial(sandbox.ip);
    await nextLine(connection);
    connection.on('error', () => {}).write('x'.repeat(100_000));
    expect(await nextLine(connection)).toBe('denied');
  });
});

test('the password itself never goes over the network, and every connection has a nonce of its own', async () => {
  const { sandbox } = await waiting();
  const nonces = [await nextLine(await dial(sandbox.ip)), await nextLine(await dial(sandbox.ip))];
  expect(nonces[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(nonces[1]).not.toBe(nonces[0]);
});
