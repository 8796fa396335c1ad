import { Size } from 'cdk8s';
import { eventually } from '../../e2e/support/eventually';
import { Fault, Run } from '../fault';
import { whileAway } from '../support/away';
import { grow, leaveFree, removeBallast } from '../support/ballast';
import { fill } from '../support/clone-streams';
import { withoutNetwork } from '../support/network';
import { purgeBeyond, purgeBeyondReplica } from '../support/purges';
import { received } from '../support/received';
import { withFreshPod } from '../support/restarts';

const CLONES = /unready: clones itself again: the primary has purged transactions that are missing here/;

/** Lets a replica sleep past what the primary purges; the load writes meanwhile. */
async function sleepPast({ cluster, inject }: Run, replica: number, during?: () => Promise<unknown>): Promise<void> {
  await inject(() =>
    whileAway(cluster, replica, async () => {
      // Its pod is away, so what it holds is asked of the primary: nothing that is committed from now on.
      const gtids = await cluster.sql(0, "SELECT REPLACE(@@GLOBAL.gtid_executed, '\\n', '')");
      await during?.();
      await purgeBeyond(cluster, gtids.replaceAll('\\n', ''));
    }),
  );
}

/** Waits until a replica clones itself again, and kills a container of it on the way, or none. */
async function killCloningAgain(run: Run, replica: number): Promise<void | 'missed'> {
  const { cluster, chance, killer, patience } = run;
  await cluster.logged(replica, 'xtrabackup', CLONES, patience);
  const container = chance.pick(['xtrabackup', 'xtrabackup', 'mysql', undefined]);
  if (container === undefined) return;
  await chance.moment(15);
  if (!(await killer.kill(cluster, replica, container))) return 'missed';
}

async function clonesServed({ cluster, instances }: Run, recipient: number): Promise<number> {
  let served = 0;
  for (let ordinal = 0; ordinal < instances; ordinal++)
    if (ordinal !== recipient)
      served += (await cluster.logs(ordinal, 'xtrabackup')).split('serving a clone of').length - 1;
  return served;
}

export const purgedLogs: Fault[] = [
  {
    name: 'slept-past-the-logs',
    number: 12,
    title:
      "a replica was away for longer than the primary's binary logs; its containers are killed while it clones again",
    heals: true,
    quick: false,
    async round(run) {
      const replica = run.chance.replica(run.instances);
      await sleepPast(run, replica);
      return killCloningAgain(run, replica);
    },
  },
  {
    name: 'cut-off-past-the-logs',
    number: 12,
    title:
      "a running replica was cut off for longer than the primary's binary logs; it is killed while it clones again",
    heals: true,
    quick: false,
    async round(run) {
      const { cluster, killer } = run;
      const replica = run.chance.replica(run.instances);
      await withFreshPod(cluster, replica);
      const before = await received(cluster, replica);
      await run.inject(() =>
        Promise.all([
          withoutNetwork(killer, cluster, replica, 30), //
          purgeBeyondReplica(cluster, replica),
        ]),
      );
      await eventually(`mysql-${replica} beyond ${before}`, async () => {
        const log = await cluster.logs(replica, 'xtrabackup');
        return CLONES.test(log) || undefined;
      });
      return killCloningAgain(run, replica);
    },
  },
  {
    name: 'no-room-to-clone-again',
    number: 12,
    title: "a replica was away for longer than the primary's binary logs, and its volume has no room for two copies",
    heals: true,
    quick: false,
    props: { storage: { size: Size.gibibytes(1) } },
    prepare: (run) => fill(run.cluster, 30).then(() => undefined),
    async round(run) {
      const { cluster, chance } = run;
      const replica = chance.replica(run.instances);
      await sleepPast(run, replica, () => leaveFree(cluster, replica, 100));
      const served = await clonesServed(run, replica);
      const message = /too little room for a clone of \d+ MiB beside what is there: \d+ MiB are free/;
      await cluster.verdict(replica, message);
      if (!(await cluster.sql(replica, 'SELECT COUNT(*) FROM faults.numbers')))
        throw new Error('the old copy has gone');
      if ((await clonesServed(run, replica)) !== served) throw new Error('a donor started though there was no room');
      if (chance.between(0, 2) < 1) return void (await removeBallast(cluster, replica));
      await grow(cluster, replica, 512);
      await cluster.ready(run.instances, run.patience);
      await removeBallast(cluster, replica);
    },
  },
];
