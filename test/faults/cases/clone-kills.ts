import { eventually } from '../../e2e/support/eventually';
import { running } from '../../e2e/support/killer';
import { Fault, Run } from '../fault';
import { cutStream, fill } from '../support/clone-streams';
import { deletePods } from '../support/deletions';
import { withoutNetwork } from '../support/network';

/** Kills a container at a random moment of its first seconds. */
async function killWithin(run: Run, seconds: number, ordinal: number, container: string): Promise<void | 'missed'> {
  const { killer, cluster, chance } = run;
  await running(cluster, ordinal, container);
  await chance.moment(seconds);
  if (!(await run.inject(() => killer.kill(cluster, ordinal, container)))) return 'missed';
}

/** A replica loses its volume, and one of its containers is killed in its first seconds. */
function killedAfterLoss(name: string, number: number, title: string, seconds: number, container: string): Fault {
  return {
    name,
    number,
    title,
    heals: true,
    quick: false,
    async round(run) {
      const recipient = run.chance.replica(run.instances);
      await run.cluster.loseVolume(recipient);
      return killWithin(run, seconds, recipient, container);
    },
  };
}

/** Takes a replica's volume away, and waits until its clone is on its way. */
async function startClone({ cluster, patience }: Run, recipient: number) {
  await cluster.loseVolume(recipient);
  const line = await cluster.logged(recipient, 'clone-mysql', /cloning from mysql-\d+: about/, patience);
  const [, donor, mebibytes] = /mysql-(\d+): about (\d+) MiB/.exec(line)!;
  return { donor: Number(donor), bytes: Number(mebibytes) * 2 ** 20 };
}

/** Waits for the end of a replica's clone, and says who gave it; 'missed' if its first attempt came through. */
async function giver({ cluster, patience }: Run, recipient: number): Promise<number | 'missed'> {
  const end = await cluster.logged(recipient, 'clone-mysql', /the clone of mysql-\d+ is in place/, patience);
  const attempts = (await cluster.logs(recipient, 'clone-mysql')).match(/cloning from mysql-\d+: about/g) ?? [];
  return attempts.length > 1 ? Number(/the clone of mysql-(\d+)/.exec(end)![1]) : 'missed';
}

function networkCut(name: string, length: string, seconds: (long: boolean) => number): Fault {
  return {
    name,
    number: 4,
    title: `the network of a replica is cut for ${length} while it is cloned`,
    heals: true,
    quick: false,
    prepare: (run) => fill(run.cluster, 30).then(() => undefined),
    async round(run) {
      const recipient = run.chance.replica(run.instances);
      await startClone(run, recipient);
      await run.chance.moment(5);
      await run.inject(() => withoutNetwork(run.killer, run.cluster, recipient, seconds(run.long)));
    },
  };
}

export const cloneKills: Fault[] = [
  killedAfterLoss('clone-killed', 1, 'clone-mysql is killed', 6, 'clone-mysql'),
  {
    // A stream that ends between two chunks, which xbstream takes for a whole one: test/scripts/clone.test.ts.
    name: 'clone-stream-cut',
    number: 2,
    title: 'a clone gets a part of its stream: nothing, or a random number of bytes',
    xtrabackup: true,
    heals: true,
    quick: false,
    prepare: (run) => fill(run.cluster, 30).then(() => undefined),
    async round(run) {
      const { killer, cluster, chance } = run;
      const part = chance.between(0, 0.8);
      const recipient = chance.replica(run.instances);
      const { donor, bytes } = await startClone(run, recipient);
      const hit = await run.inject(() =>
        run.round % 3 === 0
          ? eventually(
              `the backup of mysql-${donor}`,
              async () => ((await killer.kill(cluster, donor, 'xtrabackup', 'xtrabackup')) ? true : undefined), // before its first byte
            )
          : cutStream(killer, cluster, donor, Math.floor(part * bytes)),
      );
      return hit && (await giver(run, recipient)) !== 'missed' ? undefined : 'missed';
    },
  },
  {
    name: 'donor-deleted',
    number: 3,
    title: 'the pod of the donor is deleted while it serves a clone',
    heals: true,
    quick: false,
    prepare: (run) => fill(run.cluster, 30).then(() => undefined),
    async round(run) {
      const { cluster, chance } = run;
      const recipient = run.instances - 1;
      const { donor } = await startClone(run, recipient);
      await chance.moment(5);
      await run.inject(() => deletePods(cluster, [donor], chance.pick([0, 5])));
      const from = await giver(run, recipient);
      if (from === donor)
        throw new Error(`mysql-${recipient} waited for mysql-${donor}, while others could have served it`);
      return from === 'missed' ? from : undefined;
    },
  },
  networkCut('clone-without-network', '5 s', () => 5),
  networkCut('clone-long-without-network', '5 minutes (30 s where rounds are few)', (long) => (long ? 300 : 30)),
  killedAfterLoss(
    'set-up-killed',
    6,
    'the sidecar is killed between the clone and the first connection to the primary',
    4,
    'xtrabackup',
  ),
  {
    name: 'initialization-killed',
    number: 5,
    title: 'init-mysql of the primary is killed in the first initialization',
    heals: true,
    quick: false,
    load: false,
    async round(run) {
      const { cluster } = run;
      await cluster.scale(0);
      await cluster.kubectl('delete', 'pvc', '--all', '--timeout=300s');
      await cluster.kubectl('scale', 'statefulset', 'mysql', `--replicas=${run.instances}`);
      const missed = await killWithin(run, 7, 0, 'init-mysql');
      await cluster.ready(run.instances, run.patience);
      const accounts = 'SELECT GROUP_CONCAT(user ORDER BY user) FROM mysql.user WHERE user NOT LIKE "mysql.%"';
      const found = await cluster.sql(0, `${accounts}; SELECT COUNT(*) FROM replicated_mysql.cluster`);
      if (found !== 'backup,probe,replication,root,root\n1') throw new Error(`mysql-0 has accounts and ids ${found}`);
      await cluster.converged(run.instances, ['replicated_mysql.cluster', 'mysql.user']);
      return missed;
    },
  },
];
