import { Fault, RoundContext } from '../fault';
import { restarted, withFreshPod } from '../support/restarts';

async function killServer(context: RoundContext, ordinal: number): Promise<void> {
  await withFreshPod(context.cluster, ordinal);
  await context.chance.moment(3);
  await restarted(context.cluster, ordinal, 'mysql', () =>
    context.inject(() => context.killer.kill(context.cluster, ordinal, 'mysql', 'mysqld')),
  );
}

export const serverKills: Fault[] = [
  {
    name: 'primary-killed',
    number: 7,
    title: 'mysqld of the primary is killed',
    heals: true,
    quick: true,
    round: (context) => killServer(context, 0),
  },
  {
    name: 'replica-killed',
    number: 8,
    title: 'mysqld of a replica is killed',
    heals: true,
    quick: true,
    round: (context) => killServer(context, context.chance.replica(context.instances)),
  },
];
