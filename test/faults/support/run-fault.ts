import { CloneMethod, ReplicatedMySqlProps } from '../../../lib';
import { small, TestCluster } from '../../e2e/support/cluster';
import { Killer } from '../../e2e/support/killer';
import { expectEqualData } from '../../e2e/support/oracle';
import { Fault, RoundContext } from '../fault';
import { Chance } from './chance';
import { check } from './check';
import { evidence } from './evidence';
import { interruptions, longestGap, Span } from './gaps';
import { healthy } from './health';
import { contentsOf } from './contents';
import { Load } from './load';
import { Nodes } from './nodes';
import { Options } from './options';
import { RoundResult } from './results';
import { seconds } from './table';
import { wrongReads } from './wrong-reads';

/** A cluster under load, and the rounds of one fault on it. */
export class FaultRun {
  /**
   * Makes a namespace, or takes over the cluster of another run.
   *
   * @param spare a run that has ended well, of a fault with the same needs
   */
  public static async create(
    fault: Fault,
    killer: Killer,
    { seed, rounds, xtrabackup }: Options,
    spare?: FaultRun,
  ): Promise<FaultRun> {
    const cluster = spare?.cluster ?? (await TestCluster.create(fault.name));
    const common = xtrabackup ? { ...small, cloneMethod: CloneMethod.xtraBackup() } : small;
    return new FaultRun(fault, killer, seed, rounds === undefined, common, cluster, spare !== undefined);
  }

  /** Whether another fault can use the cluster of this run. */
  public suits(fault: Fault): boolean {
    return needs(fault) === needs(this.fault);
  }

  public readonly instances: number;
  private readonly props: ReplicatedMySqlProps;
  private readonly chance: Chance;
  private readonly patience: number;
  private load?: Load;
  private constructor(
    private readonly fault: Fault,
    private readonly killer: Killer,
    seed: number,
    private readonly long: boolean,
    common: ReplicatedMySqlProps,
    public readonly cluster: TestCluster,
    private readonly reused: boolean,
  ) {
    this.instances = fault.instances ?? 3;
    this.props = { ...common, replicas: this.instances, ...fault.props };
    this.chance = new Chance(seed, fault.name);
    this.patience = fault.patience ?? 600;
  }

  /** Starts the cluster, or waits until the one it took over is healthy, and starts its load. */
  public async start(): Promise<void> {
    try {
      if (this.fault.passwords && !this.reused) await this.cluster.createSecret(this.fault.passwords);
      await this.cluster.apply(this.props);
      await healthy(this.cluster, this.instances, 900);
      if (this.fault.load !== false) this.load = await Load.start(this.cluster, await this.nodeToAvoid());
      await this.fault.prepare?.(this.context(0, () => Promise.resolve()));
    } catch (error) {
      throw await this.failure(error);
    }
  }

  /** Prepares the cluster for another fault: removes the load and what it wrote. */
  public async release(): Promise<void> {
    await this.load?.stop();
    await this.cluster.sql(0, 'DROP DATABASE IF EXISTS faults');
    await this.cluster.converged(this.instances);
    for (let ordinal = 0; ordinal < this.instances; ordinal++) await this.cluster.purgeLogs(ordinal);
  }

  /** Breaks something, waits until everything has healed, and compares the instances with the journal. */
  public async round(round: number): Promise<RoundResult> {
    const result = { round, missed: false, lostCommits: 0, wrongReads: 0, retriedReads: 0, failedReads: 0 };
    const clock = async () => (this.load ? this.load.now() : Date.now() / 1000);
    const start = await clock();
    let broken: number | undefined;
    try {
      const missed = await this.fault.round(this.context(round, async () => void (broken ??= await clock())));
      await healthy(this.cluster, this.instances, this.patience);
      const span = { from: broken ?? start, to: await clock() };
      const measured = { ...result, missed: missed === 'missed', recovery: span.to - span.from };
      if (this.load) return { ...measured, ...(await this.compare(this.load, span, start)) };
      await expectEqualData(this.cluster);
      return measured;
    } catch (error) {
      return { ...result, failure: (await this.failure(error)).message };
    }
  }

  private async compare(load: Load, span: Span, start: number): Promise<Partial<RoundResult>> {
    await load.pause();
    await this.cluster.converged(this.instances, [], this.patience);
    const journal = await load.journal();
    const contents = await contentsOf(this.cluster, this.instances);
    await expectEqualData(this.cluster);
    await load.resume();

    const { lost, failures } = check(journal, contents);
    const wrong = wrongReads(journal).filter(({ time }) => time >= start);
    const within = ({ time }: { time: number }) => time >= span.from && time <= span.to;
    const failedReads = journal.failedReads.filter(within);
    const stops = interruptions(journal, span);
    if (wrong.length) failures.push(`${wrong.length} wrong reads: ${wrong[0].message}`);
    if (this.fault.readsGoOn && failedReads.length)
      failures.push(`${failedReads.length} reads failed twice: ${failedReads[0].error}`);
    if (this.fault.oneInterruption && stops.length > 1)
      failures.push(`writes were interrupted ${stops.length} times: ${stops.join('; ')}`);
    return {
      writeGap: longestGap(times(journal.acked), span),
      readGap: longestGap(times(journal.reads), span),
      lostCommits: lost.length,
      wrongReads: wrong.length,
      retriedReads: journal.retriedReads.filter(within).length,
      failedReads: failedReads.length,
      ...(failures.length ? { failure: (await this.failure(failures.join('\n'))).message } : {}),
    };
  }

  private context(round: number, mark: () => Promise<void>): RoundContext {
    const { cluster, killer, props, instances, patience, chance, long } = this;
    const load = () => {
      if (!this.load) throw new Error(`${this.fault.name} has no load`);
      return this.load;
    };
    return {
      cluster,
      killer,
      nodes: new Nodes(),
      props,
      instances,
      patience,
      round,
      long,
      chance,
      get load() {
        return load();
      },
      inject: async (action) => {
        await mark();
        return action();
      },
    };
  }

  private async nodeToAvoid(): Promise<string | undefined> {
    const ordinal = this.fault.loadAwayFrom;
    return ordinal === undefined ? undefined : (await this.cluster.pod(ordinal)).node;
  }

  private async failure(error: unknown): Promise<Error> {
    const message = error instanceof Error ? error.message : String(error);
    return new Error(`${message}\n${await evidence(this.cluster)}`, { cause: error });
  }
}

/** What a fault needs of its cluster. The load is started anew for each fault, so its needs do not count. */
function needs({ instances, props, passwords }: Fault): string {
  return JSON.stringify([instances, props, passwords]);
}

/** The result of a round in one line. */
export function summary(r: RoundResult): string {
  if (r.failure !== undefined) return `FAILED: ${r.failure}`;
  const gaps = `write gap ${seconds(r.writeGap)}, read gap ${seconds(r.readGap)}`;
  return `${r.missed ? 'came too late; ' : ''}healed in ${seconds(r.recovery)}, ${gaps}, ${r.retriedReads} reads retried, ${r.failedReads} failed twice`;
}

function times(events: { time: number }[]): number[] {
  return events.map(({ time }) => time);
}
