import { Initialize } from '../../../lib';
import { eventually } from '../../e2e/support/eventually';
import { Fault, RoundContext } from '../fault';
import { allReceived, expectAll, received, receivedByAny } from '../support/received';
import { followRemedy } from '../support/remedy';
import { withFreshPod } from '../support/restarts';

const REFUSED = /REFUSED: (this|the) volume is empty/;

/**
 * Takes the primary's volume away, and follows the remedy that the primary prints. The load pauses until a replica has
 * received every acknowledged transaction: with asynchronous replication the others would be lost with the volume.
 */
async function loseAndRestore(
  context: RoundContext,
  lose: () => Promise<void>,
  choose?: () => Promise<void>,
): Promise<void> {
  const { cluster, instances, load, props, patience } = context;
  await load.pause();
  await allReceived(cluster, instances);
  const receivedBefore = await receivedByAny(cluster, instances);
  await context.inject(lose);
  await load.resume();
  const refused = await cluster.logged(0, 'init-mysql', REFUSED, patience);
  await followRemedy(cluster, refused);
  await choose?.();
  await cluster.ready(instances, patience);
  if (!choose) await expectAll(cluster, 0, receivedBefore);
  await cluster.apply(props);
}

/** Applies one of the two policies at random: the primary asks its peers, or refuses without asking them. */
async function applyRandomPolicy({ cluster, chance, props }: RoundContext): Promise<void> {
  await cluster.apply({ ...props, initialize: chance.pick([Initialize.ifEmpty(), Initialize.never()]) });
}

/** Stops the receiver of a replica, and freezes the sidecar, which would start the receiver again. */
async function stopReceiving({ cluster, killer }: RoundContext, ordinal: number): Promise<void> {
  if (!(await killer.freeze(cluster, ordinal, 'xtrabackup')))
    throw new Error(`the sidecar of mysql-${ordinal} does not run, so nothing was frozen`);
  await cluster.sql(ordinal, 'STOP REPLICA IO_THREAD');
}

/** Waits until a replica has received transactions that it has not applied and the other replica has not received. */
async function onlyInRelayLog({ cluster }: RoundContext, late: number, other: number): Promise<void> {
  await eventually(`transactions only in the relay log of mysql-${late}`, async () => {
    const others = await received(cluster, other);
    const mine = await received(cluster, late);
    const query = `SELECT GTID_SUBTRACT(GTID_SUBTRACT('${mine}', '${others}'), @@GLOBAL.gtid_executed)`;
    return (await cluster.sql(late, query)) || undefined;
  });
}

const errantWrite = (name: string) =>
  `SET GLOBAL super_read_only = OFF; CREATE DATABASE IF NOT EXISTS ${name}; DROP DATABASE ${name}; SET GLOBAL super_read_only = ON`;

export const lostPrimary: Fault[] = [
  {
    name: 'primary-volume-lost',
    number: 10,
    title: "the primary's volume is lost",
    heals: false,
    quick: false,
    async round(context) {
      await applyRandomPolicy(context);
      await loseAndRestore(context, () => context.cluster.loseVolume(0));
    },
  },
  {
    name: 'primary-volume-lost-late',
    number: 10,
    title:
      "the primary's volume is lost while only the relay log of a replica with a stopped applier has the last commits",
    heals: false,
    quick: false,
    async round(context) {
      const { cluster, killer, chance } = context;
      const late = chance.replica(3);
      const other = 3 - late;
      await applyRandomPolicy(context);
      await withFreshPod(cluster, other); // it clones again in each round, which restarts its containers
      await cluster.sql(late, 'STOP REPLICA SQL_THREAD');
      await stopReceiving(context, other);
      try {
        await onlyInRelayLog(context, late, other);
        await loseAndRestore(context, async () => {
          await cluster.loseVolume(0);
          await killer.thaw(cluster, other, 'xtrabackup');
        });
      } finally {
        await killer.thaw(cluster, other, 'xtrabackup');
      }
    },
  },
  {
    name: 'primary-volume-lost-stopped',
    number: 10,
    title: "the primary's volume is lost while all pods are down",
    heals: false,
    quick: false,
    async round(context) {
      const { cluster, instances } = context;
      await applyRandomPolicy(context);
      await loseAndRestore(context, async () => {
        await cluster.scale(0);
        await cluster.kubectl('delete', 'pvc', 'data-mysql-0', '--timeout=300s');
        await cluster.scale(instances);
      });
    },
  },
  {
    name: 'primary-volume-lost-sets-differ',
    number: 10,
    title: "the primary's volume is lost, and no replica has every transaction: the restore chooses no replica",
    heals: false,
    quick: false,
    async round(context) {
      const { cluster, chance, round, patience } = context;
      const sacrificed = chance.replica(3);
      const lose = async () => {
        await cluster.loseVolume(0);
        for (const ordinal of [1, 2]) await cluster.sql(ordinal, errantWrite(`errant_${round}_${ordinal}`));
      };
      await loseAndRestore(context, lose, async () => {
        const both =
          /no replica has every transaction of all replicas; mysql-\d lacks [0-9a-f-]+:.*; mysql-\d lacks [0-9a-f-]+:/;
        await cluster.logged(0, 'clone-mysql', both, patience);
        await eventually('the message a second time, and no clone', async () => {
          const log = await cluster.logs(0, 'clone-mysql');
          if (log.includes('cloning from')) throw new Error(`a replica was chosen:\n${log}`);
          return log.split('\n').filter((line) => both.test(line)).length > 1 || undefined;
        });
        await cluster.loseVolume(sacrificed); // the remedy that the message names
      });
    },
  },
];
