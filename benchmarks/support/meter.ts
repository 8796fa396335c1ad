import { TestCluster } from '../../test/e2e/support/cluster';
import { runOnEachNode } from '../../test/e2e/support/each-node';
import { Activity, activity, parseCounters, sum } from './counters';
import { removing } from './removals';

const NAME = 'meter';

/** How long machines may take to become quiet, in seconds, before a measurement of what they do. */
const PATIENCE = 300;
/** How long a measurement of something else waits for that. */
const SHORT_PATIENCE = 30;

/** Prints the counters of a machine; the shell's own commands start no process. */
const SAMPLE = 'sample() { for file in uptime stat; do while read -r line; do echo "$line"; done </proc/$file; done; }';

/** Waits for two times 5 s in a row that start no fewer processes and take no less CPU time than three quarters of the quietest 5 s before. */
const BECOME_QUIET = `
count() { while read -r name a b c d e f g _; do case $name in cpu) busy=$((a + b + c + f + g)) ;; processes) started=$a ;; esac; done </proc/stat; }
fewest=1000000000 least=1000000000 steady=0
count
while [ $steady -lt 2 ]; do
  old_started=$started old_busy=$busy
  sleep 5
  count
  steady=$((steady + 1))
  if [ $((started - old_started)) -lt $((fewest * 3 / 4)) ]; then fewest=$((started - old_started)) steady=0; fi
  if [ $((busy - old_busy)) -lt $((least * 3 / 4)) ]; then least=$((busy - old_busy)) steady=0; fi
done`;

/** Reads the counters of all machines, through a pod on each: /proc/stat in a container shows those of its machine. */
export class Meter {
  /** Runs an action with a meter. */
  public static async with<T>(action: (meter: Meter) => Promise<T>): Promise<T> {
    const space = await TestCluster.create(NAME);
    return removing(
      () => space.destroy(),
      async () => action(await Meter.start(space)),
    );
  }

  private static async start(space: TestCluster): Promise<Meter> {
    await runOnEachNode(space, NAME, {
      containers: [{ name: NAME, image: 'busybox:1.36', command: ['sleep', '1000000'] }],
    });
    const pods = (await space.kubectl('get', 'pods', '-o', 'jsonpath={.items[*].metadata.name}')).split(' ');
    const machines = new Map<string, string>(); // nodes may share a machine
    for (const pod of pods) machines.set(await run(space, pod, 'cat /proc/sys/kernel/random/boot_id'), pod);
    return new Meter(space, [...machines.values()]);
  }

  private constructor(
    private readonly space: TestCluster,
    /** A pod of each machine. */
    private readonly pods: readonly string[],
  ) {}

  /** Waits until the machines do not become quieter any more. */
  public async quiet(): Promise<void> {
    await this.onAll(
      `timeout ${PATIENCE} sh -c '${BECOME_QUIET}' || { echo "not quiet after ${PATIENCE} s" >&2; exit 1; }`,
    );
  }

  /** Waits for the same, but not for long: what is left does not count beside what is measured. */
  public async almostQuiet(): Promise<void> {
    await this.onAll(`timeout ${SHORT_PATIENCE} sh -c '${BECOME_QUIET}' || true`);
  }

  /** What the machines do within these seconds. Nothing else runs for it meanwhile. */
  public async during(seconds: number): Promise<Activity> {
    const texts = await this.onAll(`${SAMPLE}; sample; sleep ${seconds}; echo; sample`);
    return sum(
      texts.map((text) => {
        const [from, to] = text.split('\n\n').map(parseCounters);
        return activity(from, to);
      }),
    );
  }

  /** Runs a script on each machine, and returns their outputs. */
  private onAll(script: string): Promise<string[]> {
    return Promise.all(this.pods.map((pod) => run(this.space, pod, script)));
  }
}

function run(space: TestCluster, pod: string, script: string): Promise<string> {
  return space.kubectl('exec', pod, '--', 'sh', '-c', script);
}
