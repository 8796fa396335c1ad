import { Run, RunOptions, Sandbox } from './sandbox';

const CONTAINERS = ['mysql', 'xtrabackup'] as const;
export type Container = (typeof CONTAINERS)[number];

/** What its containers are started with, the first time. */
export type Starts = Partial<Record<Container, RunOptions>>;

/** A pod that runs: its containers are started again when they end, as the kubelet does it. A killed one waits for the test. */
export class Pod {
  /** What all its scripts have said. */
  public output = '';
  /** The containers that were killed. */
  public readonly killed = new Set<string>();
  private readonly runs = new Map<string, Run>();
  private gone = false;

  private constructor(public readonly sandbox: Sandbox) {}

  /** Starts a pod on a volume: everything else of it is new. */
  public static async start(sandbox: Sandbox, starts: Starts = {}): Promise<Pod> {
    for (const path of ['var/run/mysqld', 'tmp', 'server']) {
      sandbox.remove(path);
      sandbox.mkdir(path);
    }
    const pod = new Pod(sandbox);
    for (const name of ['init-mysql', 'clone-mysql']) {
      const run = sandbox.start(name);
      if ((await run.code()) !== 0) throw new Error(`${name} failed:\n${run.output}`);
      pod.output += run.output;
    }
    for (const name of CONTAINERS) pod.run(name, starts[name]);
    return pod;
  }

  /** Starts a container, and again when it has ended by itself. */
  public run(name: Container, options?: RunOptions): void {
    this.killed.delete(name);
    const run = this.sandbox.start(name, options);
    this.runs.set(name, run);
    run.onOutput((text) => (this.output += text));
    run.onEnd((code) => {
      if (this.gone) return;
      if (code === null) this.killed.add(name);
      else this.run(name);
    });
  }

  /** Kills a container, which then stays down until it is run again. */
  public kill(name: Container): void {
    this.runs.get(name)!.kill();
  }

  /** Ends all of it at once. */
  public stop(): void {
    this.gone = true;
    this.runs.forEach((run) => run.kill());
  }

  /** Resolves once a condition holds. */
  public async until(what: string, holds: () => boolean): Promise<void> {
    for (const deadline = Date.now() + 40_000; !holds();) {
      if (Date.now() > deadline) throw new Error(`waited in vain for ${what}:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  public says(text: string): Promise<void> {
    return this.until(`"${text}"`, () => this.output.includes(text));
  }
}
