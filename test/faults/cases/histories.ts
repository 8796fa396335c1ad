import { setTimeout as pause } from 'timers/promises';
import { PodManagementPolicy } from 'cdk8s-plus-28';
import { TestCluster } from '../../e2e/support/cluster';
import { eventually } from '../../e2e/support/eventually';
import { expectEqualData } from '../../e2e/support/oracle';
import { verdict } from '../../e2e/support/verdict';
import { Fault, RoundContext } from '../fault';
import { copyData, exchangeData } from '../support/generations';

const FENCED = verdict('fenced', /holds (transactions|a history)/);
const ROWS = 200;

/** Writes this many rows, each in a transaction of its own, in one session. */
async function commitRows(cluster: TestCluster, table: string, rows: number): Promise<void> {
  const inserts = Array.from({ length: rows }, () => `INSERT INTO faults.${table} (at) VALUES (NOW(6));`).join('\n');
  await cluster.sql(
    0,
    `CREATE TABLE IF NOT EXISTS faults.${table} (id INT AUTO_INCREMENT PRIMARY KEY, at TIMESTAMP(6)); ${inserts}`,
  );
}

/** Copies the primary's data aside as `older`, then commits rows that the copy lacks. Returns their table. */
async function outgrowCopy({ cluster, instances, patience, round }: RoundContext): Promise<string> {
  const table = `since_${round}`;
  await commitRows(cluster, `before_${round}`, 5);
  await cluster.converged(instances);
  await copyData(cluster, 0, 'older');
  await cluster.ready(instances, patience);
  await commitRows(cluster, table, 20);
  await cluster.converged(instances);
  return table;
}

/** Waits until the probe has seen the fence. Fails if the replica is ready, or not fenced, at a look within these seconds. */
async function staysFenced({ cluster }: RoundContext, replica: number, seconds: number): Promise<void> {
  await eventually(`mysql-${replica} to be unready`, async () => !(await cluster.pod(replica)).ready || undefined);
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    const status = await cluster.exec(replica, 'cat /var/run/mysqld/status', 'xtrabackup');
    if (!FENCED.test(status)) throw new Error(`mysql-${replica} is no longer fenced: ${status}`);
    if ((await cluster.pod(replica)).ready) throw new Error(`mysql-${replica} is ready, and fenced: ${status}`);
    await pause(1000);
  }
}

/** The remedy of a fence: "delete the claim and the pod". Then the replica clones itself anew. */
async function replaceReplicas({ cluster, instances, patience }: RoundContext): Promise<void> {
  for (let ordinal = 1; ordinal < instances; ordinal++) await cluster.loseVolume(ordinal);
  await cluster.ready(instances, patience);
}

export const histories: Fault[] = [
  {
    name: 'older-volume-ordered-ready',
    number: 25,
    title:
      'with OrderedReady, everything stops, the primary gets an older copy of its volume, opens before any peer exists, and a client writes: the replicas are fenced when they come',
    heals: false,
    quick: false,
    load: false, // the writes after the copy are lost with the volume
    props: { podManagementPolicy: PodManagementPolicy.ORDERED_READY },
    async round(context) {
      const { cluster, inject, instances, patience } = context;
      const table = await outgrowCopy(context);
      await inject(async () => {
        await cluster.scale(0);
        await cluster.onVolume(0, 'cd /mnt/data && rm -rf .newer && mv mysql .newer && mv .older mysql');
        await cluster.kubectl('scale', 'statefulset', 'mysql', `--replicas=${instances}`);
      });
      await cluster.verdict(0, verdict('open', ''), patience);
      await commitRows(cluster, table, 20); // the same numbers for other rows
      // A fenced mysql-1 is not ready, so OrderedReady does not create mysql-2.
      await eventually('mysql-1', () => cluster.pod(1), patience);
      await cluster.verdict(1, FENCED, patience);
      await staysFenced(context, 1, 30);
      await expectEqualData(cluster);
      await cluster.loseVolume(1);
      await eventually('mysql-2', () => cluster.pod(2), patience);
      await cluster.verdict(2, FENCED, patience);
      await cluster.loseVolume(2);
      await cluster.ready(instances, patience);
      await cluster.converged(instances, [`faults.${table}`], patience);
      await cluster.exec(0, 'rm -rf /mnt/data/.newer', 'xtrabackup');
    },
  },
  {
    name: 'reset-while-open',
    number: 28,
    title:
      'a person resets the binary logs of the open primary, and 200 transactions follow at once: the replicas are fenced until the remedy',
    heals: false,
    quick: false,
    async round(context) {
      const { cluster, inject, instances, load, round } = context;
      const table = `after_reset_${round}`;
      await load.pause();
      await cluster.converged(instances);
      await commitRows(cluster, table, 0);
      await cluster.converged(instances);
      await inject(async () => {
        await cluster.sql(0, 'RESET BINARY LOGS AND GTIDS');
        await commitRows(cluster, table, ROWS);
      });
      for (const replica of [1, 2]) await cluster.verdict(replica, FENCED, 30);
      await commitRows(cluster, table, ROWS); // the primary uses every number again that a replica has
      await Promise.all([1, 2].map((replica) => staysFenced(context, replica, 90)));
      await expectEqualData(cluster);
      await load.resume();
      await replaceReplicas(context);
    },
  },
  {
    name: 'fenced-and-silent',
    number: 29,
    title: 'a fenced replica misses the answers of the primary, and its sidecar restarts: it stays fenced',
    heals: false,
    quick: false,
    async round(context) {
      const { cluster, chance, inject, instances, killer, patience, round } = context;
      const replica = chance.replica(instances);
      const write = `CREATE DATABASE silent_${round}`;
      await cluster.sql(replica, `SET GLOBAL super_read_only = OFF; ${write}; SET GLOBAL super_read_only = ON`);
      await cluster.verdict(replica, FENCED);
      try {
        await inject(async () => {
          if (!(await killer.freeze(cluster, 0, 'xtrabackup'))) throw new Error('the sidecar of mysql-0 does not run');
        });
        await staysFenced(context, replica, 40);
        const { restarts } = (await cluster.pod(replica)).containers.xtrabackup;
        await killer.kill(cluster, replica, 'xtrabackup');
        await eventually('the sidecar again', async () => {
          const now = (await cluster.pod(replica)).containers.xtrabackup;
          return (now.restarts > restarts && now.running) || undefined;
        });
        await cluster.verdict(replica, FENCED, 60);
        await staysFenced(context, replica, 20);
      } finally {
        await killer.thaw(cluster, 0, 'xtrabackup');
      }
      await staysFenced(context, replica, 20);
      await cluster.loseVolume(replica);
      await cluster.ready(instances, patience);
    },
  },
  {
    name: 'objecting-and-silent',
    number: 30,
    title:
      'a replica objects to the primary and falls silent for more than 60 s, and the primary restarts: it stays closed until a person says that the replica is gone',
    heals: false,
    quick: false,
    load: false, // what the older copy lacks is lost in the end
    async round(context) {
      const { cluster, inject, instances, patience } = context;
      const table = await outgrowCopy(context);
      const closed = verdict('closed', /mysql-\d holds (transactions|a history)/);
      const staysClosed = async (seconds: number) => {
        const end = Date.now() + seconds * 1000;
        while (Date.now() < end) {
          await cluster.verdict(0, closed, 30);
          const readOnly = await cluster.sql(0, 'SELECT @@super_read_only');
          if (readOnly !== '1') throw new Error('mysql-0 has opened although a replica objects');
          await pause(1000);
        }
      };
      await inject(() => exchangeData(cluster, 0, 'newer', 'older'));
      await cluster.verdict(0, closed, patience);
      // Scaled to one: no peer is left to answer.
      await cluster.scale(1);
      await staysClosed(80);
      await cluster.restart(0);
      await cluster.verdict(0, closed, patience);
      await staysClosed(80);
      for (let ordinal = 1; ordinal < instances; ordinal++)
        await cluster.exec(0, `touch /var/run/mysqld/gone-mysql-${ordinal}`, 'xtrabackup');
      await cluster.verdict(0, verdict('open', ''), patience);
      await commitRows(cluster, table, 20);
      await cluster.scale(instances);
      for (let ordinal = 1; ordinal < instances; ordinal++) await cluster.verdict(ordinal, FENCED, patience);
      await expectEqualData(cluster);
      await replaceReplicas(context);
      await cluster.exec(0, 'rm -rf /mnt/data/.newer', 'xtrabackup');
    },
  },
  {
    name: 'difference-without-a-gtid',
    number: 31,
    title: 'counter-proof: a row changes on one replica without a GTID, and the last check of every fault finds it',
    heals: false,
    quick: false,
    async round(context) {
      const { cluster, chance, inject, instances, load } = context;
      const replica = chance.replica(instances);
      const unlogged = (statement: string) =>
        cluster.sql(
          replica,
          `SET GLOBAL super_read_only = OFF; SET SESSION sql_log_bin = OFF; ${statement}; SET GLOBAL super_read_only = ON`,
        );
      await load.pause();
      await cluster.converged(instances);
      await inject(() => unlogged('CREATE TABLE faults.only_here (id INT PRIMARY KEY)'));
      const found = await expectEqualData(cluster).then(() => 'nothing', String);
      if (!found.includes('faults.only_here differs')) throw new Error(`the check found ${found}`);
      await unlogged('DROP TABLE faults.only_here');
      await expectEqualData(cluster);
      await load.resume();
    },
  },
];
