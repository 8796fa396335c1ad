import { Size } from 'cdk8s';
import { eventually } from '../../e2e/support/eventually';
import { verdict } from '../../e2e/support/verdict';
import { Fault, RoundContext } from '../fault';
import { freeMebibytes, grow, leaveFree, leaveFreeDuringClone, removeBallast } from '../support/ballast';

const FULL = verdict('full', 'less than 16 MiB or 16 inodes are free on the volume');

/** Fills a volume, waits until its instance reports that, and grows the claim. */
async function fillAndGrow(context: RoundContext, ordinal: number): Promise<void> {
  const { cluster, chance, patience } = context;
  await context.inject(() => leaveFree(cluster, ordinal, chance.pick([0, 2, 6])));
  await cluster.verdict(ordinal, FULL);
  await eventually(
    `a full volume of mysql-${ordinal}`,
    async () => (await freeMebibytes(cluster, ordinal)) < 2 || undefined,
  );
  await chance.moment(20); // the longer, the more threads of the server wait for room
  await grow(cluster, ordinal, 256);
  await cluster.ready(context.instances, patience);
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
    round: (context) => fillAndGrow(context, 0),
  },
  {
    name: 'replica-volume-full',
    number: 18,
    title: "a replica's volume is full until its claim grows",
    heals: true,
    quick: false,
    props: { storage },
    round: (context) => fillAndGrow(context, context.chance.replica(context.instances)),
  },
  {
    name: 'clone-volume-full',
    number: 18,
    title: 'the volume of a replica becomes full during its clone, until room is made',
    heals: true,
    quick: false,
    props: { storage },
    async round(context): Promise<void | 'missed'> {
      const { cluster, chance, killer } = context;
      const recipient = chance.replica(context.instances);
      const free = chance.pick([4, 40]);
      await cluster.loseVolume(recipient);
      if (!(await context.inject(() => leaveFreeDuringClone(killer, cluster, recipient, free)))) return 'missed';
      const message = /failed.*, with \d+ MiB free on the volume|prepare failed|too little room for a clone of/;
      await cluster.logged(recipient, 'clone-mysql', message);
      await removeBallast(cluster, recipient);
    },
  },
];
