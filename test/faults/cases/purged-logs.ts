import { Size } from 'cdk8s';
import { eventually } from '../../e2e/support/eventually';
import { verdict } from '../../e2e/support/verdict';
import { Fault, RoundContext } from '../fault';
import { whileAway } from '../support/away';
import { grow, leaveFree, removeBallast } from '../support/ballast';
import { fill } from '../support/clone-streams';
import { withoutNetwork } from '../support/network';
import { purgeBeyond, purgeBeyondReplica } from '../support/purges';
import { received } from '../support/received';
import { withFreshPod } from '../support/restarts';

const CLONES = verdict('cloning', 'takes a new clone: the primary has purged transactions that are missing here');

/** Keeps a replica away while the load writes, until the primary has purged transactions that the replica lacks. */
async function awayPastTheLogs(
  { cluster, inject }: RoundContext,
  replica: number,
  during?: () => Promise<unknown>,
): Promise<void> {
  await inject(() =>
    whileAway(cluster, replica, async () => {
      // The pod cannot answer while it is away, but it has nothing that the primary commits from now on.
      const gtids = await cluster.sql(0, "SELECT REPLACE(@@GLOBAL.gtid_executed, '\\n', '')");
      await during?.();
      await purgeBeyond(cluster, gtids.replaceAll('\\n', ''));
    }),
  );
}

/** Waits until a replica clones again, and kills one of its containers during the clone, or none. */
async function killCloningAgain(context: RoundContext, replica: number): Promise<void | 'missed'> {
  const { cluster, chance, killer, patience } = context;
  await cluster.logged(replica, 'xtrabackup', CLONES, patience);
  const container = chance.pick(['xtrabackup', 'xtrabackup', 'mysql', undefined]);
  if (container === undefined) return;
  await chance.moment(15);
  if (!(await killer.kill(cluster, replica, container))) return 'missed';
}

export const purgedLogs: Fault[] = [
  {
    name: 'away-past-the-logs',
    number: 12,
    title:
      'a replica was away for longer than the primary keeps its binary logs; a container is killed while it clones again',
    heals: true,
    quick: false,
    async round(context) {
      const replica = context.chance.replica(context.instances);
      await awayPastTheLogs(context, replica);
      return killCloningAgain(context, replica);
    },
  },
  {
    name: 'cut-off-past-the-logs',
    number: 12,
    title:
      'a running replica was cut off for longer than the primary keeps its binary logs; a container is killed while it clones again',
    heals: true,
    quick: false,
    async round(context) {
      const { cluster, killer } = context;
      const replica = context.chance.replica(context.instances);
      await withFreshPod(cluster, replica);
      const before = await received(cluster, replica);
      await context.inject(() =>
        Promise.all([
          withoutNetwork(killer, cluster, replica, 30), //
          purgeBeyondReplica(cluster, replica),
        ]),
      );
      await eventually(`mysql-${replica} beyond ${before}`, async () => {
        const log = await cluster.logs(replica, 'xtrabackup');
        return CLONES.test(log) || undefined;
      });
      return killCloningAgain(context, replica);
    },
  },
  {
    name: 'no-room-to-clone-again',
    number: 12,
    title:
      'a replica was away for longer than the primary keeps its binary logs, and its volume has no room for a second copy',
    heals: true,
    quick: false,
    props: { storage: { size: Size.gibibytes(1) } },
    prepare: (context) => fill(context.cluster, 30).then(() => undefined),
    async round(context) {
      const { cluster, chance } = context;
      const replica = chance.replica(context.instances);
      await awayPastTheLogs(context, replica, () => leaveFree(cluster, replica, 100));
      const message = /too little room for a clone of \d+ MiB: \d+ MiB.* are free/;
      await cluster.verdict(replica, message);
      if (!(await cluster.sql(replica, 'SELECT COUNT(*) FROM faults.numbers'))) throw new Error('the old copy is gone');
      const log = await cluster.logs(replica, 'xtrabackup');
      if (log.includes('cloning from')) throw new Error(`it took a clone although there was no room:\n${log}`);
      if (chance.between(0, 2) < 1) return void (await removeBallast(cluster, replica));
      await grow(cluster, replica, 512);
      await cluster.ready(context.instances, context.patience);
      await removeBallast(cluster, replica);
    },
  },
];
