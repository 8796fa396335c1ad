import { ReplicatedMySqlProps } from '../../lib';
import { TestCluster } from '../e2e/support/cluster';
import { Killer } from '../e2e/support/killer';
import { Chance } from './support/chance';
import { Load } from './support/load';
import { Nodes } from './support/nodes';

/** Something that breaks, and how. Its rounds share a cluster. */
export interface Fault {
  /** A word for the command line and the namespace: at most 30 of a-z, 0-9 and "-". */
  readonly name: string;
  /** Place in the list of docs/faults.md. */
  readonly number: number;
  /** What breaks, for the table. */
  readonly title: string;
  /** Whether nobody has to mend anything. If not, the round follows the printed remedy. */
  readonly heals: boolean;
  /** Whether a round takes less than 20 s; then 20 rounds count as a full run, else 5. */
  readonly quick: boolean;
  /** @default 3 */
  readonly instances?: number;
  /** Beside those of small clusters. */
  readonly props?: ReplicatedMySqlProps;
  /** By account: the passwords of the Secret that the props name. */
  readonly passwords?: Record<string, string>;
  /** Set to false when the cluster is made anew in each round. */
  readonly load?: false;
  /** Ordinal of an instance whose node the load must not run on. */
  readonly loadAwayFrom?: number;
  /** Whether a read retried once on a new connection may never fail. */
  readonly readsGoOn?: true;
  /** Whether writes may stop once only. */
  readonly oneInterruption?: true;
  /** Whether it breaks what only clones by XtraBackup have. */
  readonly xtrabackup?: true;
  /** Whether it disturbs the whole Kubernetes; then it runs alone. */
  readonly alone?: true;
  /** Whether it takes away nodes, which only some test clusters can. Implies `alone`. */
  readonly nodes?: true;
  /** Seconds until everything must have healed. @default 600 */
  readonly patience?: number;
  /** Once, before the first round; the load runs. */
  prepare?(run: Run): Promise<void>;
  /**
   * Breaks something, through `run.inject`, and waits until it is broken. The runner then waits until all instances
   * are ready and a new commit is on each, and compares everything.
   *
   * @returns 'missed' if the fault came too late to break anything
   */
  round(run: Run): Promise<void | 'missed'>;
}

/** What a round works with. */
export interface Run {
  readonly cluster: TestCluster;
  readonly killer: Killer;
  readonly nodes: Nodes;
  /** Fails for a fault without load. */
  readonly load: Load;
  readonly props: ReplicatedMySqlProps;
  readonly instances: number;
  /** Seconds until everything must have healed. */
  readonly patience: number;
  /** From 1. */
  readonly round: number;
  /** Whether what lasts minutes may do so: in full runs. */
  readonly long: boolean;
  /** Random choices, which the seed determines. */
  readonly chance: Chance;
  /** Breaks something; the time of recovery and the gaps count from here, from the first call of a round. */
  inject<T>(action: () => Promise<T>): Promise<T>;
}
