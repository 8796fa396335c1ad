import { TestCluster } from '../../e2e/support/cluster';
import { eventually } from '../../e2e/support/eventually';

const NAME = 'slow';
/** A file for each connection that was made at least once. */
const CONNECTED = '/tmp/connected';

/** How many connections it holds to each instance. */
export const CONNECTIONS = 200;

/**
 * A pod with the labels of an instance, so that the NetworkPolicy lets it in, and without a password. It holds connections
 * to the peer port of each host, and opens a new one when an instance closes one: half of them say nothing, half send a
 * byte every few seconds.
 */
export class SlowConnections {
  public static async start(cluster: TestCluster, hosts: readonly string[], seconds = 4): Promise<SlowConnections> {
    const labels = await instanceLabels(cluster);
    await cluster.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: NAME, labels },
      spec: {
        terminationGracePeriodSeconds: 0,
        // It is no endpoint and no peer: it is never ready, and its name is not one of the StatefulSet's.
        containers: [
          {
            name: NAME,
            image: 'percona/percona-xtrabackup:8.4',
            command: ['bash', '-c', script(hosts, seconds)],
            readinessProbe: { exec: { command: ['false'] } },
          },
        ],
      },
    });
    await cluster.kubectl('wait', `pod/${NAME}`, '--for=jsonpath={.status.phase}=Running', '--timeout=300s');
    const slow = new SlowConnections(cluster);
    await eventually('the connections', async () => {
      const connected = Number(await slow.run(`find ${CONNECTED} -type f | wc -l`));
      if (connected < CONNECTIONS * hosts.length) throw new Error(`${connected} have connected`);
      return true;
    });
    return slow;
  }

  private constructor(private readonly cluster: TestCluster) {}

  /** The number of connections that it holds at this moment; instances close those above a bound of their own. */
  public async held(): Promise<number> {
    return Number(
      await this.run(`cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk '$3 ~ /:0CEB$/ && $4 == "01"' | wc -l`), // 3307, established
    );
  }

  public async stop(): Promise<void> {
    await this.cluster.kubectl('delete', 'pod', NAME, '--now');
  }

  private async run(command: string): Promise<string> {
    return this.cluster.kubectl('exec', NAME, '--', 'bash', '-c', command);
  }
}

/** The labels of an instance, without those by which Kubernetes tells the pods of a StatefulSet apart. */
async function instanceLabels(cluster: TestCluster): Promise<Record<string, string>> {
  const { metadata } = JSON.parse(await cluster.kubectl('get', 'pod', 'mysql-0', '-o', 'json'));
  const own = /^(controller-revision-hash|statefulset\.kubernetes\.io\/|apps\.kubernetes\.io\/|replicated-mysql\/)/;
  return Object.fromEntries(Object.entries<string>(metadata.labels).filter(([label]) => !own.test(label)));
}

/** A process for each connection. */
export const script = (hosts: readonly string[], seconds = 4): string => `
mkdir -p ${CONNECTED}
hold() { # HOST NUMBER HOW
  while true; do
    { exec 3<>"/dev/tcp/$1/3307"; } 2>/dev/null || { sleep 1; continue; }
    : >"${CONNECTED}/$1-$2-$3"
    if [[ $3 = slowly ]]; then
      while printf x >&3; do sleep ${seconds}; done 2>/dev/null
    else
      cat <&3 >/dev/null 2>&1
    fi
    exec 3>&-
  done
}
for host in ${hosts.join(' ')}; do
  for ((i = 0; i < ${CONNECTIONS}; i += 2)); do
    hold "$host" "$i" silently &
    hold "$host" "$i" slowly &
  done
done
wait
`;
