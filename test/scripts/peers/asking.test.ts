import { spawnSync } from 'child_process';
import { existsSync, mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { donor } from '../sandbox/donor';
import { Peer, ConnectionHandler, states } from '../sandbox/peer';
import { rendered } from '../sandbox/rendered';
import { startPeers, runningPod, stateOf, statements } from '../sandbox/running-pod';
import { newIp, Sandbox } from '../sandbox/sandbox';
import { secret } from '../sandbox/secret';

const directory = mkdtempSync(join(tmpdir(), 'hostile-'));
const canary = join(directory, 'canary');
afterAll(() => rmSync(directory, { recursive: true }));

const NONSENSE = 'answers nonsense on port 3307: not a peer, or one of another release';

/** Texts that are dangerous in bash arithmetic, in SQL, as a path or on a terminal. */
const HOSTILE: Record<string, string> = {
  'an array index that runs a command': `a[$(touch ${canary})]`,
  'a command substitution': `$(touch ${canary})`,
  backticks: `\`touch ${canary}\``,
  'the end of a statement and a second statement': `'); DROP DATABASE mysql; -- `,
  'a subquery': `u:1-3', ''), (SELECT 1), ('`,
  'a path': '../../../etc/passwd',
  'an escape that sets a title': '\u001b]0;owned\u0007',
  'an escape that clears the screen': '\u001b[2Jmysql-0',
  'an option': '-n',
  'a glob': '*',
  'a number of 20 digits': '99999999999999999999',
  'an invalid octal number': '08',
  'a long text': 'x'.repeat(2000),
};
const hostile = Object.entries(HOSTILE);

/** A replica that waits for a clone, and its only peer, which knows the password and gives any answer. */
async function recipientOf(answers: Peer['answers']): Promise<{ sandbox: Sandbox; peer: Peer }> {
  const sandbox = new Sandbox(rendered(), 1);
  sandbox.write(secret());
  const peer = await Peer.start(newIp(), answers);
  sandbox.setDnsForPods({ 'mysql-0': peer.ip });
  return { sandbox, peer };
}

test.each(hostile)('the recipient rejects an offer whose size is %s, and evaluates nothing of it', async (_, size) => {
  const { sandbox } = await recipientOf({ ...donor(), clone: `offer|mysql-0|c-1|${size}` });
  const run = sandbox.start('clone-mysql');
  await run.waitForOutput(NONSENSE);
  await run.waitForOutput('no clone yet: ');
  expect(existsSync(canary)).toBe(false);
});

test.each(hostile)('the recipient logs a refusal that is %s in printable characters only', async (_, text) => {
  const { sandbox } = await recipientOf({ ...donor(), clone: `refused|${text}` });
  const run = sandbox.start('clone-mysql');
  await run.waitForOutput('no clone yet: ');
  expect(run.output).toMatch(/^[\x20-\x7e\n]*$/);
  expect(existsSync(canary)).toBe(false);
});

test.each(hostile)('the primary puts GTIDs that are %s into no statement, and stays closed', async (_, gtids) => {
  const primary = runningPod(0, { executed: 'u:1-7' });
  await startPeers(primary, { 'mysql-1': stateOf('mysql-1', { executed: gtids }) });
  const run = primary.start('xtrabackup');
  await run.waitForOutput(NONSENSE);
  await run.waitForOutput('unready (closed): mysql-1 does not answer');
  expect(statements(primary)).toEqual([]);
  expect(run.output).toMatch(/^[\x20-\x7e\n]*$/);
});

describe('the recipient ignores an answer, and does not parse it, when its proof', () => {
  const answer = states.open('mysql-0', 'c-1');
  test.each<[string, ConnectionHandler]>([
    ['is missing', (connection) => connection.end(`${answer}\n`)],
    ['belongs to another answer', (connection, prove) => connection.end(prove('state').replace(/ .*/, ` ${answer}`))],
    ['was made without the password', (connection) => connection.end(`${'0'.repeat(64)} ${answer}\n`)],
  ])('%s', async (_, state) => {
    const { sandbox } = await recipientOf({ state });
    const run = sandbox.start('clone-mysql');
    await run.waitForOutput(NONSENSE);
    await run.waitForOutput('does not answer');
  });

  test('was made for another address and relayed', async () => {
    const { sandbox, peer } = await recipientOf(donor());
    peer.address = '127.9.9.9';
    const run = sandbox.start('clone-mysql');
    await run.waitForOutput(NONSENSE);
    await run.waitForOutput('does not answer');
    expect(peer.requests).not.toContain('clone');
  });
});

test('the recipient gives up a peer that sends an endless line', async () => {
  const { sandbox } = await recipientOf({
    state: (connection) => {
      const flood = () => connection.writable && connection.write('x'.repeat(65_536), flood);
      flood();
    },
  });
  const run = sandbox.start('clone-mysql');
  await run.waitForOutput('does not answer');
});

test('of thousands of random answers, read_state accepts only those with valid fields', () => {
  const script = rendered().scripts.xtrabackup;
  const functions = script.slice(script.indexOf('is_peer_name()'), script.indexOf('ask_state()'));
  const answers = randomAnswers(4000);
  const { stdout, status } = spawnSync(
    'bash',
    [
      '-c',
      `service=mysql\n${functions}\nwhile IFS= read -r a; do if read_state "$a"; then echo yes; else echo no; fi; done`,
    ],
    { input: answers.join('\n') + '\n', encoding: 'utf8' },
  );
  const accepted = stdout
    .trim()
    .split('\n')
    .map((word) => word === 'yes');
  const gtids = '([\\w-]+(:[\\w-]+)+(,|(?=\\||$)))*';
  const valid = new RegExp(
    `^state\\|mysql-\\d+\\|(empty|restoring|complete)\\|[\\w-]{0,36}\\|(down|closed|open)\\|${gtids}\\|${gtids}\\|${gtids}\\|(0|[1-9]\\d*):[0-9a-f-]{0,36}$`,
  );

  expect(status).toBe(0);
  expect(accepted).toHaveLength(answers.length);
  expect(answers.filter((answer, i) => accepted[i] && !valid.test(answer))).toEqual([]);
  expect(accepted.filter(Boolean).length).toBeGreaterThan(100);
  expect(accepted.filter((yes) => !yes).length).toBeGreaterThan(100);
  expect(existsSync(canary)).toBe(false);
});

/** Random answers of valid and hostile fields. The fixed seed gives the same answers in every run. */
function randomAnswers(count: number): string[] {
  let seed = 1;
  const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const pick = (valid: string[]) => (random(12) ? valid[random(valid.length)] : hostile[random(hostile.length)][1]);
  const uuid = '3e11fa47-71ca-11e1-9e33-c80aa9429562';
  const sets = ['', `${uuid}:1-7`, `${uuid}:1-7:9,${uuid}:tag:1-3`, 'u:1'];
  return Array.from({ length: count }, () =>
    [
      pick(['state']),
      pick(['mysql-0', 'mysql-12']),
      pick(['empty', 'restoring', 'complete']),
      pick(['', uuid, 'c-1']),
      pick(['down', 'closed', 'open']),
      pick(sets),
      pick(sets),
      pick(sets),
      pick(['0:', `1:${uuid}`, `17:${uuid}`]),
    ].join('|'),
  );
}
