import { setTimeout as pause } from 'timers/promises';
import { eventually } from '../../e2e/support/eventually';
import { Fault, Run } from '../fault';
import { check } from '../support/check';
import { holdings } from '../support/holding';
import { Load } from '../support/load';
import { cutPrimary } from '../support/power';
import { followRemedy } from '../support/remedy';

const CUTS = 5;

/** Whether a power cut cost the primary something that a client or a replica has seen; ends with a primary that is open. */
async function losesByCut(run: Run, load: Load): Promise<boolean> {
  const { cluster, instances, patience } = run;
  // The rules of the construct refuse both as settings.
  await cluster.sql(0, 'SET GLOBAL sync_binlog = 0, GLOBAL innodb_flush_log_at_trx_commit = 2');
  await cutPrimary(run);
  await load.pause();
  const closed = /^unready: closed: mysql-\d holds transactions that this primary lacks/;
  await cluster.verdict(0, new RegExp(`${closed.source}|^ready`), patience);
  const { lost, failures } = check(await load.journal(), await holdings(cluster, instances));
  const ahead = failures.some((failure) => failure.includes('has transactions that the primary lacks'));
  if (!lost.length && !ahead) await load.resume();
  return lost.length > 0 || ahead;
}

/** Lets the primary take the copy of a replica; the commits that no replica has received are lost for good. */
async function restoreFromReplica({ cluster, props, instances, patience }: Run): Promise<void> {
  await cluster.loseVolume(0);
  await followRemedy(cluster, await cluster.logged(0, 'init-mysql', 'REFUSED', patience));
  await cluster.ready(instances, patience);
  await cluster.apply(props);
}

export const nodes: Fault[] = [
  {
    name: 'primary-power-cut',
    number: 9,
    title: "the power of the primary's node is cut and comes back",
    heals: true,
    quick: false,
    nodes: true,
    loadAwayFrom: 0,
    round: cutPrimary,
  },
  {
    name: 'power-cut-without-syncs',
    number: 9,
    title:
      'counter-proof: the same with sync_binlog=0 and innodb_flush_log_at_trx_commit=2 loses commits, and the checker finds it',
    heals: false,
    quick: false,
    nodes: true,
    load: false,
    async round(run) {
      const { cluster } = run;
      const load = await Load.start(cluster, (await cluster.pod(0)).node);
      try {
        let cuts = 1;
        while (!(await losesByCut(run, load)))
          if (++cuts > CUTS) throw new Error(`${CUTS} power cuts, and nothing lost: blind`);
        await restoreFromReplica(run);
      } finally {
        await cluster.kubectl('delete', 'pod', 'load', '--now');
      }
      await eventually('no tables of this round', () => cluster.sql(0, 'DROP DATABASE faults').then(() => true));
    },
  },
  {
    name: 'primary-node-unplugged',
    number: 24,
    title: "the primary's node has no network for a minute while its pod lives on",
    heals: true,
    quick: false,
    nodes: true,
    loadAwayFrom: 0,
    async round({ cluster, inject, nodes: network, long }) {
      const { node } = await cluster.pod(0);
      try {
        await inject(() => network.unplug(node));
        await pause((long ? 60 : 20) * 1000); // how long it lasts is the fault
      } finally {
        await network.plug(node);
      }
      await eventually(`node ${node} ready`, async () => {
        const ready = '{.status.conditions[?(@.type=="Ready")].status}';
        const seen = await cluster.kubectl('get', 'node', node, '-o', `jsonpath=${ready}`);
        if (seen !== 'True') throw new Error(seen);
        return true;
      });
    },
  },
];
