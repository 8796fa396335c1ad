import { setTimeout as pause } from 'timers/promises';
import { eventually } from '../../e2e/support/eventually';
import { verdict } from '../../e2e/support/verdict';
import { Fault, RoundContext } from '../fault';
import { check } from '../support/check';
import { contentsOf } from '../support/contents';
import { Load } from '../support/load';
import { cutPrimary } from '../support/power';
import { followRemedy } from '../support/remedy';

const CUTS = 5;

/** Cuts the power of the primary. @returns whether the primary lost a transaction that a client or a replica has seen */
async function losesByCut(context: RoundContext, load: Load): Promise<boolean> {
  const { cluster, instances, patience } = context;
  // The construct refuses both as settings.
  await cluster.sql(0, 'SET GLOBAL sync_binlog = 0, GLOBAL innodb_flush_log_at_trx_commit = 2');
  await cutPrimary(context);
  await load.pause();
  const closed = verdict('closed', /mysql-\d holds (transactions|a history) that this primary/);
  await cluster.verdict(0, new RegExp(`${closed.source}|^ready`), patience);
  const { lost, failures } = check(await load.journal(), await contentsOf(cluster, instances));
  const ahead = failures.some((failure) => failure.includes('has transactions that the primary lacks'));
  if (!lost.length && !ahead) await load.resume();
  return lost.length > 0 || ahead;
}

/** Restores the primary from a replica. Commits that no replica has received are lost. */
async function restoreFromReplica({ cluster, props, instances, patience }: RoundContext): Promise<void> {
  await cluster.loseVolume(0);
  await followRemedy(cluster, await cluster.logged(0, 'init-mysql', 'REFUSED', patience));
  await cluster.ready(instances, patience);
  await cluster.apply(props);
}

export const nodeFaults: Fault[] = [
  {
    name: 'primary-power-cut',
    number: 9,
    title: "the primary's node loses power and gets it back",
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
      'counter-proof: a power cut with sync_binlog=0 and innodb_flush_log_at_trx_commit=2 loses commits, and the checker finds that',
    heals: false,
    quick: false,
    nodes: true,
    load: false,
    async round(context) {
      const { cluster } = context;
      const load = await Load.start(cluster, (await cluster.pod(0)).node);
      try {
        let cuts = 1;
        while (!(await losesByCut(context, load)))
          if (++cuts > CUTS) throw new Error(`${CUTS} power cuts, and the checker found no lost commit`);
        await restoreFromReplica(context);
      } finally {
        await load.stop();
      }
      await eventually('the tables of this round dropped', () =>
        cluster.sql(0, 'DROP DATABASE faults').then(() => true),
      );
    },
  },
  {
    name: 'primary-node-unplugged',
    number: 24,
    title: "the primary's node loses its network for a minute (20 s with --rounds) while the pod keeps running",
    heals: true,
    quick: false,
    nodes: true,
    loadAwayFrom: 0,
    async round({ cluster, inject, nodes, long }) {
      const { node } = await cluster.pod(0);
      try {
        await inject(() => nodes.unplug(node));
        await pause((long ? 60 : 20) * 1000); // the length of the fault
      } finally {
        await nodes.plug(node);
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
