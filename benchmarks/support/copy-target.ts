import { notOn } from '../../test/e2e/support/affinity';
import { TestCluster } from '../../test/e2e/support/cluster';

const NAME = 'copy';

/** A pod with a volume, on another node than mysql-0, that receives copies made without the library. */
export class CopyTarget {
  public static async start(cluster: TestCluster, mebibytes: number): Promise<CopyTarget> {
    const { node } = await cluster.pod(0);
    await cluster.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: NAME },
      spec: {
        terminationGracePeriodSeconds: 0,
        securityContext: { runAsUser: 999, runAsGroup: 999, fsGroup: 999 },
        affinity: notOn(node),
        volumes: [{ name: 'data', ephemeral: { volumeClaimTemplate: { spec: claim(mebibytes) } } }],
        containers: [
          {
            name: NAME,
            image: 'percona/percona-xtrabackup:8.4',
            command: ['sleep', '1000000'],
            volumeMounts: [{ name: 'data', mountPath: '/mnt/data' }],
          },
        ],
      },
    });
    await cluster.podReady(NAME);
    return new CopyTarget(cluster, await cluster.kubectl('get', 'pod', NAME, '-o', 'jsonpath={.status.podIP}'));
  }

  public readonly place = { pod: NAME, containers: [NAME] };
  private constructor(
    private readonly cluster: TestCluster,
    private readonly address: string,
  ) {}

  /**
   * Runs the command `send` in the sidecar of mysql-0, and pipes its output to the command `take` in this pod.
   *
   * @returns seconds until the copy is on disk
   */
  public async receive(send: string, take: string): Promise<number> {
    await this.exec('rm -rf /mnt/data/copy; mkdir /mnt/data/copy');
    const start = Date.now();
    const taking = this.exec(
      `set -eo pipefail; socat -u TCP-LISTEN:4000,reuseaddr - | { ${take}; }; sync -f /mnt/data`,
    );
    const connect = `socat -u - TCP:${this.address}:4000,retry=50,interval=0.1`;
    await Promise.all([taking, this.cluster.exec(0, `set -eo pipefail; ${send} | ${connect}`, 'xtrabackup')]);
    return (Date.now() - start) / 1000;
  }

  private exec(script: string): Promise<string> {
    return this.cluster.kubectl('exec', NAME, '--', 'bash', '-c', script);
  }
}

const claim = (mebibytes: number) => ({
  accessModes: ['ReadWriteOnce'],
  resources: { requests: { storage: `${mebibytes}Mi` } },
});
