import { Fault, Run } from '../fault';
import { restarted, withFreshPod } from '../support/restarts';

async function killServer(run: Run, ordinal: number): Promise<void> {
  await withFreshPod(run.cluster, ordinal);
  await run.chance.moment(3);
  await restarted(run.cluster, ordinal, 'mysql', () =>
    run.inject(() => run.killer.kill(run.cluster, ordinal, 'mysql', 'mysqld')),
  );
}

export const serverKills: Fault[] = [
  {
    name: 'primary-killed',
    number: 7,
    title: 'mysqld of the primary is killed',
    heals: true,
    quick: true,
    round: (run) => killServer(run, 0),
  },
  {
    name: 'replica-killed',
    number: 8,
    title: 'mysqld of a replica is killed',
    heals: true,
    quick: true,
    round: (run) => killServer(run, run.chance.replica(run.instances)),
  },
];
