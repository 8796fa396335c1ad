import { Size } from 'cdk8s';
import { eventually } from '../../e2e/support/eventually';
import { Fault, Run } from '../fault';
import { freeMebibytes, grow, leaveFree, leaveFreeDuringClone, removeBallast } from '../support/ballast';

const FULL = 'unready: the volume is full: less than 16 MiB are free';

/** Fills a volume, waits until its instance says so, and grows its claim. */
async function fillAndGrow(run: Run, ordinal: number): Promise<void> {
  const { cluster, chance, patience } = run;
  await run.inject(() => leaveFree(cluster, ordinal, chance.pick([0, 2, 6])));
  await cluster.verdict(ordinal, FULL);
  await eventually(
    `no room for mysql-${ordinal}`,
    async () => (await freeMebibytes(cluster, ordinal)) < 2 || undefined,
  );
  await chance.moment(20); // the longer, the more of the server's threads wait for room
  await grow(cluster, ordinal, 256);
  await cluster.ready(run.instances, patience);
  await removeBallast(cluster, ordinal);
}

const storage = { size: Size.gibibytes(1) };

export const fullVolumes: Fault[] = [
  {
    name: 'primary-volume-full',
    number: 18,
    title: "the primary's volume is full until its claim grows",
    heals: true,
    quick: false,
    props: { storage },
    round: (run) => fillAndGrow(run, 0),
  },
  {
    name: 'replica-volume-full',
    number: 18,
    title: "a replica's volume is full until its claim grows",
    heals: true,
    quick: false,
    props: { storage },
    round: (run) => fillAndGrow(run, run.chance.replica(run.instances)),
  },
  {
    name: 'clone-volume-full',
    number: 18,
    title: 'the volume of a replica gets full while it is cloned, until there is room again',
    heals: true,
    quick: false,
    props: { storage },
    async round(run): Promise<void | 'missed'> {
      const { cluster, chance, killer } = run;
      const recipient = chance.replica(run.instances);
      const free = chance.pick([4, 40]);
      await cluster.loseVolume(recipient);
      if (!(await run.inject(() => leaveFreeDuringClone(killer, cluster, recipient, free)))) return 'missed';
      const message = /failed.*, with \d+ MiB free on the volume|prepare failed|too little room for a clone of/;
      await cluster.logged(recipient, 'clone-mysql', message);
      await removeBallast(cluster, recipient);
    },
  },
];
