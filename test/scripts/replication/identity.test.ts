import { Sandbox } from '../sandbox/sandbox';
import { REPLICATED, runningPod, startPeers, stateOf, statements } from '../sandbox/running-pod';

const server = { executed: 'u:1-7' };
const ROW = "REPLACE INTO replicated_mysql.openings VALUES (1, 'e', '2026-11-28 00:10:00', 'u:1-7');";

/** Drops the database of the cluster's id and openings on the server of a pod, as DROP DATABASE of all of them does. */
const drop = (pod: Sandbox) => pod.write({ 'server/dropped': '' });

test('an open primary puts the database back, with the id of the cluster and its openings, and stays ready', async () => {
  const primary = runningPod(0, server);
  primary.write({ 'server/openings': ROW });
  await startPeers(primary, {});
  const run = primary.start('xtrabackup');
  await run.waitForOutput(' ready (open): the primary of cluster c-1 accepts writes');
  await run.waitUntil('the copy on the volume', () => primary.has('mnt/data/mysql/.identity.sql'));
  drop(primary);
  await run.waitForOutput('somebody dropped the database replicated_mysql: it is back');
  const back = statements(primary).at(-1);
  expect(back).toMatch(
    /^CREATE DATABASE IF NOT EXISTS replicated_mysql; .* REPLACE INTO replicated_mysql.cluster VALUES \('c-1'\); REPLACE INTO replicated_mysql.openings VALUES \(1, 'e', /,
  );
  expect(run.output).not.toContain('unready (down)');
  expect(primary.read('var/run/mysqld/status')).toMatch(/^ready /);
});

test('a replica waits for its primary to put the database back, and its verdict stands', async () => {
  const replica = runningPod(1, server, REPLICATED);
  await startPeers(replica, { 'mysql-0': stateOf('mysql-0', { ...server, mode: 'open' }) });
  const run = replica.start('xtrabackup');
  await run.waitForOutput(' ready (replicating): from mysql-0');
  drop(replica);
  await run.waitForOutput('somebody dropped the database replicated_mysql, which mysql-0 puts back');
  expect(replica.read('var/run/mysqld/status')).toMatch(/^ready /);
});

test('a closed primary leaves it to a person, whose statements have no GTID', async () => {
  const primary = runningPod(0, server);
  await startPeers(primary, { 'mysql-1': stateOf('mysql-1', { executed: 'u:1-9' }) });
  const run = primary.start('xtrabackup');
  await run.waitForOutput('unready (closed): mysql-1 holds transactions');
  drop(primary);
  await run.waitForOutput(
    'unready (closed): somebody dropped the database replicated_mysql. Put it back: SET GLOBAL super_read_only = OFF; SET sql_log_bin = 0; SOURCE ',
  );
  expect(statements(primary)).toEqual([]);
});
