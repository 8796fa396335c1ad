import { Run, RunOptions, Sandbox } from './sandbox';

const CONTAINERS = ['mysql', 'xtrabackup'] as const;
export type Container = (typeof CONTAINERS)[number];

/** Options for the first start of each container. */
export type StartOptions = Partial<Record<Container, RunOptions>>;

/** A running pod. It restarts a container that ends, as the kubelet does. A killed container stays down until `run`. */
export class Pod {
  /** The output of all its scripts. */
  public output = '';
  /** The containers that were killed. */
  public readonly killed = new Set<string>();
  private readonly runs = new Map<string, Run>();
  private stopped = false;

  private constructor(public readonly sandbox: Sandbox) {}

  /** Starts a pod on the volume of a sandbox. Everything but the volume is new. */
  public static async start(sandbox: Sandbox, options: StartOptions = {}): Promise<Pod> {
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
    for (const name of CONTAINERS) pod.run(name, options[name]);
    return pod;
  }

  /** Starts a container, and restarts it whenever it ends by itself. */
  public run(name: Container, options?: RunOptions): void {
    this.killed.delete(name);
    const run = this.sandbox.start(name, options);
    this.runs.set(name, run);
    run.onOutput((text) => (this.output += text));
    run.onEnd((code) => {
      if (this.stopped) return;
      if (code === null) this.killed.add(name);
      else this.run(name);
    });
  }

  /** Kills a container, which stays down until `run`. */
  public kill(name: Container): void {
    this.runs.get(name)!.kill();
  }

  /** Kills all containers at once. */
  public stop(): void {
    this.stopped = true;
    this.runs.forEach((run) => run.kill());
  }

  /** Resolves once a condition holds. `what` describes it in the error. */
  public async waitUntil(what: string, holds: () => boolean): Promise<void> {
    for (const deadline = Date.now() + 40_000; !holds();) {
      if (Date.now() > deadline) throw new Error(`timed out waiting for ${what}:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Resolves once the output of the pod contains a text. */
  public waitForOutput(text: string): Promise<void> {
    return this.waitUntil(`"${text}"`, () => this.output.includes(text));
  }
}
