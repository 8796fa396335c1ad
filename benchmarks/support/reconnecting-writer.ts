import { readFileSync } from 'fs';
import { join } from 'path';
import { TestCluster } from '../../test/e2e/support/cluster';
import { eventually } from '../../test/e2e/support/eventually';
import { longestGap } from '../../test/faults/support/gaps';

const NAME = 'writer';
const LAST = 'tail -n 1 /tmp/commits';

/** A pod that writes through mysql-primary until it is deleted, and reconnects at once; see reconnecting-writer.sh. */
export class ReconnectingWriter {
  public static async start(cluster: TestCluster): Promise<ReconnectingWriter> {
    await cluster.sql(
      0,
      `CREATE DATABASE bench;
       CREATE TABLE bench.gaps (id INT AUTO_INCREMENT PRIMARY KEY);
       CREATE USER bench@'%' IDENTIFIED BY 'bench';
       GRANT ALL ON bench.* TO bench@'%';`,
    );
    await cluster.create(pod());
    await cluster.podReady(NAME);
    const writer = new ReconnectingWriter(cluster);
    await eventually('the first commit', async () => ((await writer.exec(LAST)) ? true : undefined));
    return writer;
  }

  private constructor(private readonly cluster: TestCluster) {}

  /**
   * Runs an action that breaks the connection, and waits for the first commit in another one.
   *
   * @returns the longest time without a commit, in seconds
   */
  public async gap(action: () => Promise<void>): Promise<number> {
    const [from, connection] = (await this.exec(LAST)).split(' ').map(Number);
    await action();
    // One process that waits in the pod: looking from outside would take CPU time from the server.
    await this.exec(
      `for ((i = 0; i < 1200; i++)); do read -r _ now < <(${LAST}); ((now == ${connection})) || exit 0; sleep 0.5; done; exit 1`,
    );
    const times = (await this.exec('cat /tmp/commits')).split('\n').map((line) => Number(line.split(' ')[0]));
    return longestGap(times, { from, to: Math.max(...times) });
  }

  private exec(script: string): Promise<string> {
    return this.cluster.kubectl('exec', NAME, '--', 'bash', '-c', script);
  }
}

function pod(): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: NAME },
    spec: {
      terminationGracePeriodSeconds: 1,
      containers: [
        {
          name: NAME,
          image: 'mysql:8.4',
          command: ['bash', '-c', readFileSync(join(__dirname, 'reconnecting-writer.sh'), 'utf8')],
          env: [{ name: 'MYSQL_PWD', value: 'bench' }],
        },
      ],
    },
  };
}
