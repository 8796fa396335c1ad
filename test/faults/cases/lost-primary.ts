import { Initialize } from '../../../lib';
import { eventually } from '../../e2e/support/eventually';
import { Fault, Run } from '../fault';
import { allReceived, holdsAll, received, receivedByAny } from '../support/received';
import { followRemedy } from '../support/remedy';
import { withFreshPod } from '../support/restarts';

const REFUSED = /REFUSED: (this|the) volume is empty/;

/**
 * Takes the primary's volume, and follows what its refusal says. The load stands still until every acknowledged
 * transaction is on a replica: with asynchronous replication the others are lost with the volume.
 */
async function loseAndRestore(run: Run, lose: () => Promise<void>, choose?: () => Promise<void>): Promise<void> {
  const { cluster, instances, load, props, patience } = run;
  await load.pause();
  await allReceived(cluster, instances);
  const held = await receivedByAny(cluster, instances);
  await run.inject(lose);
  await load.resume();
  const refused = await cluster.logged(0, 'init-mysql', REFUSED, patience);
  await followRemedy(cluster, refused);
  await choose?.();
  await cluster.ready(instances, patience);
  if (!choose) await holdsAll(cluster, 0, held);
  await cluster.apply(props);
}

/** Whether the primary asks its peers, or refuses without asking them. */
async function anyPolicy({ cluster, chance, props }: Run): Promise<void> {
  await cluster.apply({ ...props, initialize: chance.pick([Initialize.ifEmpty(), Initialize.never()]) });
}

/** Keeps a replica from receiving more: its sidecar would start the receiver again, so it is frozen. */
async function stopReceiving({ cluster, killer }: Run, ordinal: number): Promise<void> {
  if (!(await killer.freeze(cluster, ordinal, 'xtrabackup')))
    throw new Error(`no sidecar of mysql-${ordinal} to freeze`);
  await cluster.sql(ordinal, 'STOP REPLICA IO_THREAD');
}

/** Waits until one replica has something that the other lacks, and has not applied it. */
async function onlyInRelayLog({ cluster }: Run, late: number, other: number): Promise<void> {
  await eventually(`transactions that only the relay log of mysql-${late} has`, async () => {
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
    async round(run) {
      await anyPolicy(run);
      await loseAndRestore(run, () => run.cluster.loseVolume(0));
    },
  },
  {
    name: 'primary-volume-lost-late',
    number: 10,
    title:
      "the primary's volume is lost, and only the relay log of a replica whose applier is stopped has the last commits",
    heals: false,
    quick: false,
    async round(run) {
      const { cluster, killer, chance } = run;
      const late = chance.replica(3);
      const other = 3 - late;
      await anyPolicy(run);
      await withFreshPod(cluster, other); // it clones again in each round, and restarts with that
      await cluster.sql(late, 'STOP REPLICA SQL_THREAD');
      await stopReceiving(run, other);
      try {
        await onlyInRelayLog(run, late, other);
        await loseAndRestore(run, async () => {
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
    async round(run) {
      const { cluster, instances } = run;
      await anyPolicy(run);
      await loseAndRestore(run, async () => {
        await cluster.scale(0);
        await cluster.kubectl('delete', 'pvc', 'data-mysql-0', '--timeout=300s');
        await cluster.scale(instances);
      });
    },
  },
  {
    name: 'primary-volume-lost-sets-differ',
    number: 10,
    title: "the primary's volume is lost, and no replica has what all of them have: nothing is chosen",
    heals: false,
    quick: false,
    async round(run) {
      const { cluster, chance, round, patience } = run;
      const given = chance.replica(3);
      const lose = async () => {
        await cluster.loseVolume(0);
        for (const ordinal of [1, 2]) await cluster.sql(ordinal, errantWrite(`errant_${round}_${ordinal}`));
      };
      await loseAndRestore(run, lose, async () => {
        const both =
          /no replica has every transaction that some replica has; mysql-\d lacks [0-9a-f-]+:.*; mysql-\d lacks [0-9a-f-]+:/;
        await cluster.logged(0, 'clone-mysql', both, patience);
        await eventually('the sets a second time, and no clone', async () => {
          const log = await cluster.logs(0, 'clone-mysql');
          if (log.includes('cloning from')) throw new Error(`a replica was chosen:\n${log}`);
          return log.split('\n').filter((line) => both.test(line)).length > 1 || undefined;
        });
        await cluster.loseVolume(given); // what the message names
      });
    },
  },
];
