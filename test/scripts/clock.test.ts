import { utimesSync } from 'fs';
import { Duration } from 'cdk8s';
import { CloneMethod, MySqlVersion, Reads, ReplicatedMySqlProps } from '../../lib';
import { ask } from './sandbox/client';
import { byXtrabackup, rendered } from './sandbox/rendered';
import { REPLICATED, runningPod, startPeers, stateOf } from './sandbox/running-pod';
import { Sandbox } from './sandbox/sandbox';
import { secret } from './sandbox/secret';

const CLUSTERS: ReplicatedMySqlProps[] = [
  { reads: { maxLag: Duration.seconds(30), from: Reads.fromReplicas() } },
  { cloneMethod: CloneMethod.clonePlugin() },
  { version: MySqlVersion.V5_7 },
];

/** What shows the time of day to a script: bash's variables, programs, and the times of files. */
const TIME_OF_DAY =
  /\b(?:SECONDS|EPOCHSECONDS|EPOCHREALTIME)\b|\bdate\b [+-]|%\([^)]*\)T|-(?:mmin|mtime|newer\w*)\b|\bstat -c %[XYZ]|strftime|systime/;

/** The line that every message of a log goes through. */
const LOGS = `say() { printf '%(%FT%TZ)T %s\\n' -1 "$*" >&2; }`;

/** Sets the clock back by an hour, as files see it: those of before are from the future. */
function setClockBack(sandbox: Sandbox, ...files: string[]): void {
  const future = Date.now() / 1000 + 3600;
  for (const file of files) utimesSync(sandbox.path(file), future, future);
}

test('no script looks at the time of day, except for the log', () => {
  const lines = CLUSTERS.flatMap((props) => Object.values(rendered(props).scripts)).flatMap((text) => text.split('\n'));
  const looking = lines.filter((line) => TIME_OF_DAY.test(line.replace(/ # .*/, '')));
  expect(looking).toContain(LOGS);
  expect(looking.filter((line) => line !== LOGS)).toEqual([]);
});

describe('a clock that is set back by an hour changes nothing:', () => {
  test('a replica does not wait for the hour to pass before it starts replication', async () => {
    const configuration = 'mysql-0.mysql|3306|1|YES|5|0';
    const replica = runningPod(1, { executed: 'u:1-5', configuration }, REPLICATED);
    setClockBack(replica, 'mnt/data/mysql/.complete', 'mnt/data/mysql/.replicating', 'mnt/data/mysql/.connected');
    await startPeers(replica, { 'mysql-0': stateOf('mysql-0', { mode: 'open', executed: 'u:1-7' }) });
    await replica.start('xtrabackup').waitForOutput('starts to replicate from mysql-0');
  });

  test('a denied address is logged again after 30 s', async () => {
    const instance = new Sandbox(byXtrabackup(), 1);
    instance.write(secret());
    const run = instance.start('clone-mysql', { env: { LISTEN: 'yes', SLEEP: '1' } });
    await run.waitForOutput('no clone yet: ');
    const timesLogged = () => run.output.match(/does not know the backup password/g)?.length;
    await ask(instance.ip, 'state', 'of nobody');
    await run.waitUntil('the address to be logged', () => timesLogged() === 1);
    setClockBack(instance, 'tmp/denied');
    instance.setUptime(Number(instance.read('tmp/denied')) + 30);
    await ask(instance.ip, 'state', 'of nobody');
    await run.waitUntil('the address to be logged again', () => timesLogged() === 2);
  });
});
