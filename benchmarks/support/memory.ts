import { setTimeout as pause } from 'timers/promises';
import { TestCluster } from '../../test/e2e/support/cluster';
import { tryKubectl } from '../../test/e2e/support/kubectl';

/** A pod, and the containers of it to measure. */
export interface Place {
  readonly pod: string;
  readonly containers: readonly string[];
}

/**
 * Runs an action, and measures the memory of each place meanwhile, once a second.
 *
 * @returns the result of the action, and for each place the peak of the sum over its processes, in MiB, without page cache
 */
export async function peakMemory<T>(
  cluster: TestCluster,
  places: readonly Place[],
  action: () => Promise<T>,
): Promise<{ result: T; peaks: number[] }> {
  const peaks = places.map(() => 0);
  let ended = false;
  const watch = async () => {
    while (!ended) {
      await Promise.all(
        places.map(async (place, i) => void (peaks[i] = Math.max(peaks[i], await memory(cluster, place)))),
      );
      await pause(1000);
    }
  };
  const watching = watch();
  try {
    return { result: await action(), peaks };
  } finally {
    ended = true;
    await watching;
  }
}

async function memory(cluster: TestCluster, { pod, containers }: Place): Promise<number> {
  const script = "cat /proc/[0-9]*/status 2>/dev/null | awk '/^RssAnon/ { sum += $2 } END { print sum / 1024 }'";
  const each = containers.map(async (container) => {
    const { stdout } = await tryKubectl([
      '-n',
      cluster.namespace,
      'exec',
      pod,
      '-c',
      container,
      '--',
      'sh',
      '-c',
      script,
    ]);
    return Number(stdout) || 0; // a container that does not run has no memory
  });
  return (await Promise.all(each)).reduce((sum, value) => sum + value, 0);
}
