import { setTimeout as pause } from 'timers/promises';
import { Fault } from '../fault';
import { deletePods } from '../support/deletions';

export const scaling: Fault[] = [
  {
    name: 'all-deleted',
    number: 11,
    title: 'all pods are deleted at once',
    heals: true,
    quick: false,
    async round(context) {
      const all = Array.from({ length: context.instances }, (_, ordinal) => ordinal);
      await context.inject(() => deletePods(context.cluster, all, context.chance.pick([0, 5])));
    },
  },
  {
    name: 'two-clones',
    number: 22,
    title: 'two replicas clone from one donor at the same time',
    heals: true,
    quick: false,
    async round({ cluster, inject }) {
      await inject(async () => {
        await cluster.kubectl('delete', 'pvc', 'data-mysql-1', 'data-mysql-2', '--wait=false');
        await deletePods(cluster, [1, 2], 5);
      });
    },
  },
  {
    name: 'scaled-in-succession',
    number: 23,
    title: 'the StatefulSet is scaled to 3, 5, 1 and 4 in quick succession',
    heals: true,
    quick: false,
    instances: 4,
    async round({ cluster, inject, chance }) {
      await inject(async () => {
        for (const replicas of [3, 5, 1, 4]) {
          await cluster.kubectl('scale', 'statefulset', 'mysql', `--replicas=${replicas}`);
          if (chance.between(0, 2) < 1)
            await cluster.kubectl('delete', 'pvc', 'data-mysql-4', '--ignore-not-found', '--wait=false');
          await pause(chance.between(0, 15) * 1000);
        }
      });
    },
  },
];
