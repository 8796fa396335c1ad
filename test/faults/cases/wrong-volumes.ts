import { eventually } from '../../e2e/support/eventually';
import { Fault, Run } from '../fault';
import { copyData, exchangeData, makeEarlierCluster } from '../support/generations';

const GTIDS = "SELECT REPLACE(@@GLOBAL.gtid_executed, '\\n', '')";

async function refusesWrites({ cluster }: Run): Promise<void> {
  const result = await cluster.sql(0, 'CREATE DATABASE written_to_the_wrong_primary').catch(String);
  if (!result.includes('ERROR 1290')) throw new Error(`the wrong primary takes writes: ${result}`);
}

/** Fails unless an instance holds what it held, and goes on doing so until its verdict has been repeated. */
async function untouched({ cluster }: Run, ordinal: number, gtids: string): Promise<void> {
  const now = await cluster.sql(ordinal, GTIDS);
  if (now !== gtids) throw new Error(`mysql-${ordinal} had ${gtids}, and has ${now}`);
}

export const wrongVolumes: Fault[] = [
  {
    name: 'primary-set-back',
    number: 25,
    title:
      "the primary's volume is set back to an older copy: it stays read-only, nothing merges, until the newer one is back",
    heals: false,
    quick: false,
    patience: 600,
    async round(run) {
      const { cluster, inject, instances, load } = run;
      await copyData(cluster, 0, 'older');
      await cluster.ready(instances, run.patience);
      const older = await cluster.sql(0, GTIDS);
      await eventually(
        'commits after the copy was made',
        async () => (await cluster.sql(0, GTIDS)) !== older || undefined,
      );
      // What no replica had received yet when the volume went could not be missed by anybody.
      await load.pause();
      await cluster.converged(instances);
      const newer = await cluster.sql(1, GTIDS);
      await inject(() => exchangeData(cluster, 0, 'newer', 'older'));
      await load.resume();
      await cluster.verdict(0, /^unready: closed: mysql-\d holds transactions that this primary lacks/, 300);
      for (const replica of [1, 2])
        await cluster.verdict(replica, 'unready: fenced: holds transactions that the primary lacks');
      await refusesWrites(run);
      for (const replica of [1, 2]) await untouched(run, replica, newer);
      await exchangeData(cluster, 0, 'older', 'newer');
    },
  },
  {
    name: 'earlier-volume-of-a-replica',
    number: 26,
    title: 'a replica has a volume of an earlier cluster of the same name: fenced, untouched, until its own is back',
    heals: false,
    quick: false,
    patience: 600,
    prepare: (run) => makeEarlierCluster(run.cluster, run.instances, 'earlier'),
    async round(run) {
      const { cluster, chance, inject, instances } = run;
      const replica = chance.replica(instances);
      await inject(() => exchangeData(cluster, replica, 'current', 'earlier'));
      await cluster.verdict(replica, 'unready: fenced: this volume is of cluster', 300);
      const gtids = await cluster.sql(replica, GTIDS);
      await eventually('the verdict again', () => repeated(run, replica, 'fenced: this volume is of cluster'));
      await untouched(run, replica, gtids);
      if ((await cluster.sql(replica, "SHOW DATABASES LIKE 'earlier'")) !== 'earlier') throw new Error('merged');
      await exchangeData(cluster, replica, 'earlier', 'current');
    },
  },
  {
    name: 'earlier-volume-of-the-primary',
    number: 26,
    title: 'the primary has a volume of an earlier cluster of the same name: closed, untouched, until its own is back',
    heals: false,
    quick: false,
    patience: 600,
    prepare: (run) => makeEarlierCluster(run.cluster, run.instances, 'earlier'),
    async round(run) {
      const { cluster, inject } = run;
      await inject(() => exchangeData(cluster, 0, 'current', 'earlier'));
      await cluster.verdict(0, /^unready: closed: mysql-\d holds data of cluster/, 300);
      for (const replica of [1, 2]) await cluster.verdict(replica, 'unready: fenced: this volume is of cluster');
      const gtids = await Promise.all([0, 1, 2].map((ordinal) => cluster.sql(ordinal, GTIDS)));
      await refusesWrites(run);
      await eventually('the verdict again', () => repeated(run, 0, 'holds data of cluster'));
      for (const ordinal of [0, 1, 2]) await untouched(run, ordinal, gtids[ordinal]);
      await exchangeData(cluster, 0, 'earlier', 'current');
    },
  },
];

/** Whether an instance has said something twice: it has looked again, and found the same. */
async function repeated({ cluster }: Run, ordinal: number, text: string): Promise<true | undefined> {
  return (await cluster.logs(ordinal, 'xtrabackup')).split(text).length > 2 || undefined;
}
