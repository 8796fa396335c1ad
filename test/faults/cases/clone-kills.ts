import { CloneMethod } from '../../../lib';
import { eventually } from '../../e2e/support/eventually';
import { running } from '../../e2e/support/killer';
import { Fault, RoundContext } from '../fault';
import { cutStream, fill } from '../support/clone-streams';
import { deletePods } from '../support/deletions';
import { withoutNetwork } from '../support/network';

/** Kills a container at a random moment in its first seconds. */
async function killWithin(
  context: RoundContext,
  seconds: number,
  ordinal: number,
  container: string,
): Promise<void | 'missed'> {
  const { killer, cluster, chance } = context;
  await running(cluster, ordinal, container);
  await chance.moment(seconds);
  if (!(await context.inject(() => killer.kill(cluster, ordinal, container)))) return 'missed';
}

/** A fault in which a replica loses its volume, and one of its containers is killed in its first seconds. */
function killedAfterLoss(name: string, number: number, title: string, seconds: number, container: string): Fault {
  return {
    name,
    number,
    title,
    heals: true,
    quick: false,
    async round(context) {
      const recipient = context.chance.replica(context.instances);
      await context.cluster.loseVolume(recipient);
      return killWithin(context, seconds, recipient, container);
    },
  };
}

/** Takes the volume of a replica away, and waits until the replica receives a clone. */
async function startClone({ cluster, patience }: RoundContext, recipient: number) {
  await cluster.loseVolume(recipient);
  const line = await cluster.logged(recipient, 'clone-mysql', /cloning from mysql-\d+: about/, patience);
  const [, donor, mebibytes] = /mysql-(\d+): about (\d+) MiB/.exec(line)!;
  return { donor: Number(donor), bytes: Number(mebibytes) * 2 ** 20 };
}

/** Waits until the clone of a replica is in place. @returns the ordinal of its donor, or 'missed' if the first attempt succeeded */
async function donorOfClone({ cluster, patience }: RoundContext, recipient: number): Promise<number | 'missed'> {
  const end = await cluster.logged(recipient, 'clone-mysql', /the clone of mysql-\d+ is in place/, patience);
  const attempts = (await cluster.logs(recipient, 'clone-mysql')).match(/cloning from mysql-\d+: about/g) ?? [];
  return attempts.length > 1 ? Number(/the clone of mysql-(\d+)/.exec(end)![1]) : 'missed';
}

function networkCut(name: string, length: string, seconds: (long: boolean) => number): Fault {
  return {
    name,
    number: 4,
    title: `the network of a replica is cut for ${length} while it clones`,
    heals: true,
    quick: false,
    prepare: (context) => fill(context.cluster, 30).then(() => undefined),
    async round(context) {
      const recipient = context.chance.replica(context.instances);
      await startClone(context, recipient);
      await context.chance.moment(5);
      await context.inject(() => withoutNetwork(context.killer, context.cluster, recipient, seconds(context.long)));
    },
  };
}

export const cloneKills: Fault[] = [
  killedAfterLoss('clone-killed', 1, 'clone-mysql is killed', 6, 'clone-mysql'),
  {
    // test/scripts/cloning/clone.test.ts covers a stream that ends between two chunks, which xbstream accepts as complete.
    name: 'clone-stream-cut',
    number: 2,
    title: 'the stream of XtraBackup ends early: before its first byte, or after a random number of bytes',
    props: { cloneMethod: CloneMethod.xtraBackup() },
    heals: true,
    quick: false,
    prepare: (context) => fill(context.cluster, 30).then(() => undefined),
    async round(context) {
      const { killer, cluster, chance } = context;
      const part = chance.between(0, 0.8);
      const recipient = chance.replica(context.instances);
      const { donor, bytes } = await startClone(context, recipient);
      const hit = await context.inject(() =>
        context.round % 3 === 0 // before its first byte
          ? eventually(`the backup of mysql-${donor}`, async () =>
              (await killer.kill(cluster, donor, 'xtrabackup', 'xtrabackup')) ? true : undefined,
            )
          : cutStream(killer, cluster, donor, Math.floor(part * bytes)),
      );
      return hit && (await donorOfClone(context, recipient)) !== 'missed' ? undefined : 'missed';
    },
  },
  {
    name: 'donor-deleted',
    number: 3,
    title: 'the pod of the donor is deleted while it serves a clone',
    heals: true,
    quick: false,
    prepare: (context) => fill(context.cluster, 30).then(() => undefined),
    async round(context) {
      const { cluster, chance } = context;
      const recipient = context.instances - 1;
      const { donor } = await startClone(context, recipient);
      await chance.moment(5);
      await context.inject(() => deletePods(cluster, [donor], chance.pick([0, 5])));
      const from = await donorOfClone(context, recipient);
      if (from === donor)
        throw new Error(`mysql-${recipient} waited for mysql-${donor} although another donor was available`);
      return from === 'missed' ? from : undefined;
    },
  },
  networkCut('clone-without-network', '5 s', () => 5),
  networkCut('clone-long-without-network', '5 minutes (30 s with --rounds)', (long) => (long ? 300 : 30)),
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
    title: 'init-mysql of the primary is killed during the first initialization',
    heals: true,
    quick: false,
    load: false,
    async round(context) {
      const { cluster } = context;
      await cluster.scale(0);
      await cluster.kubectl('delete', 'pvc', '--all', '--timeout=300s');
      await cluster.kubectl('scale', 'statefulset', 'mysql', `--replicas=${context.instances}`);
      const missed = await killWithin(context, 7, 0, 'init-mysql');
      await cluster.ready(context.instances, context.patience);
      const accounts = 'SELECT GROUP_CONCAT(user ORDER BY user) FROM mysql.user WHERE user NOT LIKE "mysql.%"';
      const found = await cluster.sql(0, `${accounts}; SELECT COUNT(*) FROM replicated_mysql.cluster`);
      if (found !== 'backup,probe,replication,root,root\n1')
        throw new Error(`accounts and number of cluster ids on mysql-0: ${found}`);
      await cluster.converged(context.instances, ['replicated_mysql.cluster', 'mysql.user']);
      return missed;
    },
  },
];
