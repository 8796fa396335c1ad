import { eventually } from '../../e2e/support/eventually';
import { verdict } from '../../e2e/support/verdict';
import { Fault, RoundContext } from '../fault';
import { copyData, exchangeData, makeEarlierCluster } from '../support/generations';

const FOREIGN = verdict('fenced', 'this volume is of cluster');
const CLOSED_BY_FOREIGN_PEER = verdict('closed', /mysql-\d holds data of cluster/);
const GTIDS = "SELECT REPLACE(@@GLOBAL.gtid_executed, '\\n', '')";

async function expectWritesRefused({ cluster }: RoundContext): Promise<void> {
  const result = await cluster.sql(0, 'CREATE DATABASE written_to_the_wrong_primary').catch(String);
  if (!result.includes('ERROR 1290')) throw new Error(`the wrong primary accepts writes: ${result}`);
}

/** Fails unless an instance still has these GTIDs. */
async function expectUnchanged({ cluster }: RoundContext, ordinal: number, gtids: string): Promise<void> {
  const now = await cluster.sql(ordinal, GTIDS);
  if (now !== gtids) throw new Error(`the GTIDs of mysql-${ordinal} were ${gtids} and are ${now}`);
}

export const wrongVolumes: Fault[] = [
  {
    name: 'primary-set-back',
    number: 25,
    title:
      "the primary's volume is set back to an older copy: the primary stays closed and nothing merges until the newer one returns",
    heals: false,
    quick: false,
    patience: 600,
    async round(context) {
      const { cluster, inject, instances, load } = context;
      await copyData(cluster, 0, 'older');
      await cluster.ready(instances, context.patience);
      const older = await cluster.sql(0, GTIDS);
      await eventually(
        'commits after the copy was made',
        async () => (await cluster.sql(0, GTIDS)) !== older || undefined,
      );
      // Nobody could miss transactions that no replica had received when the volume was exchanged.
      await load.pause();
      await cluster.converged(instances);
      const newer = await cluster.sql(1, GTIDS);
      await inject(() => exchangeData(cluster, 0, 'newer', 'older'));
      await load.resume();
      await cluster.verdict(0, verdict('closed', /mysql-\d holds (transactions|a history) that this primary/), 300);
      for (const replica of [1, 2])
        await cluster.verdict(replica, verdict('fenced', /holds (transactions|a history) that the primary/));
      await expectWritesRefused(context);
      for (const replica of [1, 2]) await expectUnchanged(context, replica, newer);
      await exchangeData(cluster, 0, 'older', 'newer');
    },
  },
  {
    name: 'earlier-volume-of-a-replica',
    number: 26,
    title:
      'a replica has the volume of an earlier cluster of the same name: it is fenced and changes nothing until its own returns',
    heals: false,
    quick: false,
    patience: 600,
    prepare: (context) => makeEarlierCluster(context.cluster, context.instances, 'earlier'),
    async round(context) {
      const { cluster, chance, inject, instances } = context;
      const replica = chance.replica(instances);
      await inject(() => exchangeData(cluster, replica, 'current', 'earlier'));
      await cluster.verdict(replica, FOREIGN, 300);
      const gtids = await cluster.sql(replica, GTIDS);
      await eventually('the verdict again', () => repeated(context, replica, FOREIGN));
      await expectUnchanged(context, replica, gtids);
      if ((await cluster.sql(replica, "SHOW DATABASES LIKE 'earlier'")) !== 'earlier')
        throw new Error('the data of the earlier cluster is gone');
      await exchangeData(cluster, replica, 'earlier', 'current');
    },
  },
  {
    name: 'earlier-volume-of-the-primary',
    number: 26,
    title:
      'the primary has the volume of an earlier cluster of the same name: it is closed and changes nothing until its own returns',
    heals: false,
    quick: false,
    patience: 600,
    prepare: (context) => makeEarlierCluster(context.cluster, context.instances, 'earlier'),
    async round(context) {
      const { cluster, inject } = context;
      await inject(() => exchangeData(cluster, 0, 'current', 'earlier'));
      await cluster.verdict(0, CLOSED_BY_FOREIGN_PEER, 300);
      for (const replica of [1, 2]) await cluster.verdict(replica, FOREIGN);
      const gtids = await Promise.all([0, 1, 2].map((ordinal) => cluster.sql(ordinal, GTIDS)));
      await expectWritesRefused(context);
      await eventually('the verdict again', () => repeated(context, 0, CLOSED_BY_FOREIGN_PEER));
      for (const ordinal of [0, 1, 2]) await expectUnchanged(context, ordinal, gtids[ordinal]);
      await exchangeData(cluster, 0, 'earlier', 'current');
    },
  },
];

/** Whether the log of an instance has a verdict twice: the instance has looked again and found the same. */
async function repeated({ cluster }: RoundContext, ordinal: number, verdict: RegExp): Promise<true | undefined> {
  return (await cluster.logs(ordinal, 'xtrabackup')).split(verdict).length > 2 || undefined;
}
