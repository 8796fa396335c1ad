import { TestCluster } from '../../e2e/support/cluster';
import { runOnEachNode } from '../../e2e/support/each-node';

const NAME = 'load';

/** Keeps every node at its limit: processes that only count, with more weight than the instances of a fault. */
export class LoadGenerator {
  /** Starts so many processes on each node. */
  public static async start(processes: number): Promise<LoadGenerator> {
    const space = await TestCluster.create(NAME);
    await runOnEachNode(space, NAME, {
      containers: [
        {
          name: NAME,
          image: 'busybox:1.36',
          command: ['sh', '-c', `for i in $(seq ${processes}); do (while :; do :; done) & done; wait`],
          resources: { requests: { cpu: '200m' } },
        },
      ],
    });
    return new LoadGenerator(space);
  }

  private constructor(private readonly space: TestCluster) {}

  public stop(): Promise<void> {
    return this.space.destroy();
  }
}
