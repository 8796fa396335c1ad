import { eventually } from '../../e2e/support/eventually';
import { verdict } from '../../e2e/support/verdict';
import { Fault, RoundContext } from '../fault';

async function waitUntilUnready({ cluster }: RoundContext, ordinal: number): Promise<void> {
  await eventually(`mysql-${ordinal} not ready`, async () => ((await cluster.pod(ordinal)).ready ? undefined : true));
}

export const people: Fault[] = [
  {
    name: 'errant-write',
    number: 13,
    title: 'an administrator writes on a replica: the replica reports it, is fenced, and serves no clone',
    heals: false,
    quick: false,
    async round(context) {
      const { cluster } = context;
      const write = `CREATE DATABASE errant_${context.round}`;
      await context.inject(() =>
        cluster.sql(1, `SET GLOBAL super_read_only = OFF; ${write}; SET GLOBAL super_read_only = ON`),
      );
      const uuid = await cluster.sql(1, 'SELECT @@server_uuid');
      await cluster.verdict(1, verdict('fenced', `holds transactions that the primary lacks: ${uuid}:`));
      await waitUntilUnready(context, 1);
      await eventually('the end of all sessions of clients on mysql-1', async () => {
        const held = await cluster.sql(1, "SELECT COUNT(*) FROM performance_schema.processlist WHERE USER = 'load'");
        if (held !== '0') throw new Error(held);
        return true;
      });
      await cluster.loseVolume(2); // its first choice of donor is mysql-1
      await cluster.logged(2, 'clone-mysql', 'the clone of mysql-0 is in place', context.patience);
      await cluster.loseVolume(1); // the remedy: "delete the claim and the pod of mysql-1"
    },
  },
  {
    name: 'duplicate-key',
    number: 14,
    title: 'a duplicate key stops the applier of a replica: the replica names the transaction and serves no reads',
    heals: false,
    quick: false,
    prepare: async ({ cluster }) => void (await cluster.sql(0, 'CREATE TABLE faults.unique_keys (id INT PRIMARY KEY)')),
    async round(context) {
      const { cluster, round } = context;
      const replica = context.chance.replica(context.instances);
      const row = `INSERT INTO faults.unique_keys VALUES (${round})`;
      const unlogged = (statement: string) =>
        cluster.sql(
          replica,
          `SET GLOBAL super_read_only = OFF; SET SESSION sql_log_bin = OFF; ${statement}; SET GLOBAL super_read_only = ON`,
        );
      await eventually('the table', () => cluster.sql(replica, 'SELECT COUNT(*) FROM faults.unique_keys'));
      await unlogged(row);
      await context.inject(() => cluster.sql(0, row));
      await cluster.verdict(
        replica,
        verdict('stopped', /the applier stopped: .*transaction '[0-9a-f-]+:\d+'.*Duplicate entry/),
      );
      await waitUntilUnready(context, replica);
      await unlogged(`DELETE FROM faults.unique_keys WHERE id = ${round}`); // the remedy: repair the rows by hand
      await cluster.sql(replica, 'START REPLICA SQL_THREAD');
    },
  },
  {
    name: 'rolling-update',
    number: 16,
    title: 'a rolling update: writes stop only once, and no read fails twice',
    heals: true,
    quick: false,
    readsGoOn: true,
    oneInterruption: true,
    props: { termination: {} }, // the defaults, with which a pod leaves the endpoints before its server stops
    async round({ cluster, inject, props, instances, round, patience }) {
      const before = await cluster.pods();
      const metadata = { podAnnotations: { round: String(round) } };
      await inject(() => cluster.apply({ ...props, metadata }));
      await eventually(
        'the update of all pods',
        async () => {
          const now = await cluster.pods();
          const old = now.filter(({ uid }) => before.some((pod) => pod.uid === uid));
          if (old.length || now.length !== instances || now.some((pod) => !pod.ready))
            throw new Error(JSON.stringify(now));
          return true;
        },
        patience,
      );
    },
  },
];
