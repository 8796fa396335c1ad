import { ReplicatedMySqlProps } from '../../lib';
import { TestCluster } from '../e2e/support/cluster';
import { Killer } from '../e2e/support/killer';
import { Chance } from './support/chance';
import { Load } from './support/load';
import { Nodes } from './support/nodes';

/** Something that breaks, and how to break it. All rounds of a fault use one cluster. */
export interface Fault {
  /** Identifies the fault on the command line and in its namespace: at most 30 of a-z, 0-9 and "-". */
  readonly name: string;
  /** Position in docs/faults.md. Variants of one fault share a number. */
  readonly number: number;
  /** What breaks, and what must hold, for docs/faults.md. */
  readonly title: string;
  /** Whether everything heals without intervention. If not, the round follows the remedy that the instance prints. */
  readonly heals: boolean;
  /** Whether a round takes less than 20 s. If so, a full run has 20 rounds, otherwise 5. */
  readonly quick: boolean;
  /** @default 3 */
  readonly instances?: number;
  /** Props in addition to those of small clusters. */
  readonly props?: ReplicatedMySqlProps;
  /** Passwords of the Secret that `props.credentials` names, by account. */
  readonly passwords?: Record<string, string>;
  /** Set to false if each round makes the database anew. The round then does the checks of the runner itself. */
  readonly load?: false;
  /** Ordinal of an instance. The load does not run on its node. */
  readonly loadAwayFrom?: number;
  /** Whether no read may fail twice. */
  readonly readsGoOn?: true;
  /** Whether writes may stop only once. */
  readonly oneInterruption?: true;
  /** Whether it disturbs all of Kubernetes, and therefore runs while no other fault does. */
  readonly alone?: true;
  /** Whether it cuts the power or the network of nodes, which only some test clusters permit. Implies `alone`. */
  readonly nodes?: true;
  /** Seconds within which everything must heal. @default 600 */
  readonly patience?: number;
  /** Runs once, before the first round and under load. */
  prepare?(context: RoundContext): Promise<void>;
  /**
   * Breaks something, through `context.inject`, and waits until it is broken. The runner then waits until all instances
   * are ready and each has a new commit, and compares them with the journal.
   *
   * @returns 'missed' if the fault came too late to break anything
   */
  round(context: RoundContext): Promise<void | 'missed'>;
}

/** The means of a round. */
export interface RoundContext {
  readonly cluster: TestCluster;
  readonly killer: Killer;
  readonly nodes: Nodes;
  /** Throws for a fault without load. */
  readonly load: Load;
  readonly props: ReplicatedMySqlProps;
  readonly instances: number;
  /** Seconds within which everything must heal. */
  readonly patience: number;
  /** The number of the round, from 1. */
  readonly round: number;
  /** Whether the fault may take minutes: in full runs. */
  readonly long: boolean;
  /** Random choices, which the seed determines. */
  readonly chance: Chance;
  /** Breaks something. Recovery and gaps count from its first call in a round. */
  inject<T>(action: () => Promise<T>): Promise<T>;
}
