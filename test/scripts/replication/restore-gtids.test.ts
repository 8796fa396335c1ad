import { MySqlVersion } from '../../../lib';
import { ask } from '../sandbox/client';
import { rendered } from '../sandbox/rendered';
import { startPeers, runningPod, Server, stateOf, statements } from '../sandbox/running-pod';
import { Sandbox } from '../sandbox/sandbox';

const RESTORE = "RESET MASTER; SET GLOBAL gtid_purged = 'u:1-3'";
const FORGET = 'STOP SLAVE; RESET SLAVE ALL';
const CHANGE =
  "STOP SLAVE; CHANGE MASTER TO MASTER_HOST = 'mysql-0.mysql', MASTER_PORT = 3306, MASTER_AUTO_POSITION = 1, MASTER_SSL = 1, MASTER_SSL_CA = '/var/run/mysqld/primary.pem', MASTER_SSL_VERIFY_SERVER_CERT = 0, MASTER_CONNECT_RETRY = 5, MASTER_RETRY_COUNT = 1";
const START = "START SLAVE USER = 'replication' PASSWORD = 'of replication'";

const v5_7 = rendered({ version: MySqlVersion.V5_7 });

/** A replica of MySQL 5.7 whose backup recorded `u:1-3`, and its primary, which has purged these transactions. */
async function replica(server: Server, files?: Record<string, string>): Promise<Sandbox> {
  const sandbox = runningPod(1, server, files, v5_7);
  await startPeers(sandbox, { 'mysql-0': stateOf('mysql-0', { mode: 'open', executed: 'u:1-7', purged: 'u:1-3' }) });
  return sandbox;
}

test.each([
  ['has only some', 'u:1-1'],
  ['has none, as after a kill between the two statements,', ''],
])(
  'when a clone %s of the GTIDs that its backup recorded, the sidecar sets them before it compares anything',
  async (_, executed) => {
    const clone = await replica({ executed });
    const run = clone.start('xtrabackup');
    await run.waitForOutput(' ready (replicating): from mysql-0');
    expect(run.output).toContain('this clone now has the GTIDs that its backup recorded: u:1-3');
    expect(statements(clone)).toEqual([RESTORE, FORGET, CHANGE, START]);
  },
);

test('the sidecar resets no GTIDs of a clone that has all that its backup recorded', async () => {
  const clone = await replica({ executed: 'u:1-3' });
  await clone.start('xtrabackup').waitForOutput(' ready (replicating): from mysql-0');
  expect(statements(clone)).toEqual([FORGET, CHANGE, START]);
});

test.each<[string, Server, Record<string, string>]>([
  ['has replicated', { executed: 'u:1-2' }, { '.replicating': 'from mysql-0\n' }],
  ['is open for writes', { executed: 'u:1-2', mode: 'open' }, {}],
  ['has transactions that its backup did not record', { executed: 'u:2-5' }, {}],
])('the sidecar resets no GTIDs of a server that %s', async (_, server, files) => {
  const clone = await replica(server, files);
  await clone.start('xtrabackup').waitForOutput(' unready (');
  expect(statements(clone)).not.toContain(RESTORE);
});

describe('to a peer that asks for its state, a clone', () => {
  const DOWN = 'state|mysql-1|complete|c-1|down||||0:\n';

  /** The state that a clone tells, whose server cannot set its GTIDs. */
  const told = async (server: Server, files?: Record<string, string>) => {
    const clone = await replica(server, files);
    clone.write({ 'server/hanging': 'RESET MASTER' });
    clone.start('xtrabackup', { env: { LISTEN: 'yes', SLEEP: '1' } });
    return ask(clone.ip, 'state');
  };

  test.each(['', 'u:1-1'])('answers as if its server did not, while it has "%s" of its GTIDs', async (executed) => {
    expect(await told({ executed })).toBe(DOWN);
  });

  test.each<[string, Server, Record<string, string>]>([
    ['that has what its backup recorded', { executed: 'u:1-3' }, {}],
    ['that has replicated', { executed: 'u:1-2' }, { '.replicating': 'from mysql-0\n' }],
    ['with transactions that its backup did not record', { executed: 'u:2-5' }, {}],
  ])('%s tells its GTIDs', async (_, server, files) => {
    expect(await told(server, files)).toBe(`${stateOf('mysql-1', server)}\n`);
  });

  test('tells them once they are set', async () => {
    const clone = await replica({ executed: '' });
    const run = clone.start('xtrabackup', { env: { LISTEN: 'yes', SLEEP: '1' } });
    await run.waitForOutput('this clone now has the GTIDs that its backup recorded');
    expect(await ask(clone.ip, 'state')).toBe(`${stateOf('mysql-1', { executed: 'u:1-3', purged: 'u:1-3' })}\n`);
  });
});
