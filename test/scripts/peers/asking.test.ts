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

/** Texts that bash arithmetic, SQL, a path or a terminal would act upon. */
const HOSTILE: Record<string, string> = {
  'an array index that runs a command': `a[$(touch ${canary})]`,
  'a command substitution': `$(touch ${canary})`,
  backticks: `\`touch ${canary}\``,
  'the end of a statement and another one': `'); DROP DATABASE mysql; -- `,
  'a subquery': `u:1-3', ''), (SELECT 1), ('`,
  'a path': '../../../etc/passwd',
  'an escape that sets a title': '\u001b]0;owned\u0007',
  'an escape that clears the screen': '\u001b[2Jmysql-0',
  'an option': '-n',
  'a glob': '*',
  'a number of 20 digits': '99999999999999999999',
  'a number in octal that is none': '08',
  'a long text': 'x'.repeat(2000),
};
const hostile = Object.entries(HOSTILE);

/** The peers of a replica that waits for a clone: one that knows the password, and answers as it likes. */
async function recipientOf(answers: Peer['answers']): Promise<{ sandbox: Sandbox; peer: Peer }> {
  const sandbox = new Sandbox(rendered(), 1);
  sandbox.write(secret());
  const peer = await Peer.start(newIp(), answers);
  sandbox.setDnsForPods({ 'mysql-0': peer.ip });
  return { sandbox, peer };
}

test.each(hostile)('an offer whose size is %s is nonsense, and nothing of it is evaluated', async (_, size) => {
  const { sandbox } = await recipientOf({ ...donor(), clone: `offer|mysql-0|c-1|${size}` });
  const run = sandbox.start('clone-mysql');
  await run.waitForOutput(NONSENSE);
  await run.waitForOutput('no clone yet: ');
  expect(existsSync(canary)).toBe(false);
});

test.each(hostile)('a refusal that is %s reaches the log in printable characters only', async (_, text) => {
  const { sandbox } = await recipientOf({ ...donor(), clone: `refused|${text}` });
  const run = sandbox.start('clone-mysql');
  await run.waitForOutput('no clone yet: ');
  expect(run.output).toMatch(/^[\x20-\x7e\n]*$/);
  expect(existsSync(canary)).toBe(false);
});

test.each(hostile)('GTIDs that are %s reach no statement of the primary, and it stays closed', async (_, gtids) => {
  const primary = runningPod(0, { executed: 'u:1-7' });
  await startPeers(primary, { 'mysql-1': stateOf('mysql-1', { executed: gtids }) });
  const run = primary.start('xtrabackup');
  await run.waitForOutput(NONSENSE);
  await run.waitForOutput('unready (closed): the peer at ');
  expect(statements(primary)).toEqual([]);
  expect(run.output).toMatch(/^[\x20-\x7e\n]*$/);
});

describe('an answer counts as none, and is not parsed, when its proof', () => {
  const answer = states.open('mysql-0', 'c-1');
  test.each<[string, ConnectionHandler]>([
    ['is missing', (connection) => connection.end(`${answer}\n`)],
    ['is that of another answer', (connection, prove) => connection.end(prove('state').replace(/ .*/, ` ${answer}`))],
    ['was made by one who does not know the password', (connection) => connection.end(`${'0'.repeat(64)} ${answer}\n`)],
  ])('%s', async (_, state) => {
    const { sandbox } = await recipientOf({ state });
    const run = sandbox.start('clone-mysql');
    await run.waitForOutput(NONSENSE);
    await run.waitForOutput('does not answer');
  });

  test('is for another address: a stranger has relayed the conversation', async () => {
    const { sandbox, peer } = await recipientOf(donor());
    peer.address = '127.9.9.9';
    const run = sandbox.start('clone-mysql');
    await run.waitForOutput(NONSENSE);
    await run.waitForOutput('does not answer');
    expect(peer.requests).not.toContain('clone');
  });
});

test('a peer that goes on and on without a line is given up', async () => {
  const { sandbox } = await recipientOf({
    state: (connection) => {
      const flood = () => connection.writable && connection.write('x'.repeat(65_536), flood);
      flood();
    },
  });
  const run = sandbox.start('clone-mysql');
  await run.waitForOutput('does not answer');
});

test('of thousands of random answers, those that are taken have fields of their forms', () => {
  const script = rendered().scripts.xtrabackup;
  const functions = script.slice(script.indexOf('is_gtid_set()'), script.indexOf('ask_state()'));
  const answers = randomAnswers(4000);
  const { stdout, status } = spawnSync(
    'bash',
    [
      '-c',
      `service=mysql\n${functions}\nwhile IFS= read -r a; do if read_state "$a"; then echo yes; else echo no; fi; done`,
    ],
    { input: answers.join('\n') + '\n', encoding: 'utf8' },
  );
  const taken = stdout
    .trim()
    .split('\n')
    .map((word) => word === 'yes');
  const gtids = '([\\w-]+(:[\\w-]+)+(,|(?=\\||$)))*';
  const form = new RegExp(
    `^state\\|mysql-\\d+\\|(empty|restoring|complete)\\|[\\w-]{0,36}\\|(down|closed|open)\\|${gtids}\\|${gtids}\\|${gtids}$`,
  );

  expect(status).toBe(0);
  expect(taken).toHaveLength(answers.length);
  expect(answers.filter((answer, i) => taken[i] && !form.test(answer))).toEqual([]);
  expect(taken.filter(Boolean).length).toBeGreaterThan(100);
  expect(taken.filter((yes) => !yes).length).toBeGreaterThan(100);
  expect(existsSync(canary)).toBe(false);
});

/** Answers of good and hostile fields, the same ones in each run. */
function randomAnswers(count: number): string[] {
  let seed = 1;
  const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const pick = (good: string[]) => (random(12) ? good[random(good.length)] : hostile[random(hostile.length)][1]);
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
    ].join('|'),
  );
}
