import { readFileSync } from 'fs';
import { join } from 'path';
import { notOn } from '../../e2e/support/affinity';
import { TestCluster } from '../../e2e/support/cluster';
import { Journal, parseJournal } from './journal';

const WRITERS = 4;
const READERS = 2;

/** A pod that writes to a cluster and reads from it until it is stopped; see load.sh. */
export class Load {
  /** Starts the pod, on any node but `awayFrom`. */
  public static async start(cluster: TestCluster, awayFrom?: string): Promise<Load> {
    await cluster.sql(
      0,
      `CREATE DATABASE IF NOT EXISTS faults;
       CREATE USER IF NOT EXISTS 'load'@'%' IDENTIFIED BY 'load';
       GRANT ALL ON faults.* TO 'load'@'%';
       CREATE TABLE faults.numbers (c INT, n INT, payload VARCHAR(64) NOT NULL, PRIMARY KEY (c, n));
       CREATE TABLE faults.details (c INT, n INT, i INT, payload VARCHAR(1024) NOT NULL, PRIMARY KEY (c, n, i));`,
    );
    await cluster.create(pod(awayFrom));
    await cluster.podReady('load');
    return new Load(cluster);
  }

  private constructor(private readonly cluster: TestCluster) {}

  /** Deletes the pod. What it wrote stays. */
  public async stop(): Promise<void> {
    await this.cluster.kubectl('delete', 'pod', 'load', '--now');
  }

  /** The time in seconds on the pod's clock, which the journal uses. */
  public async now(): Promise<number> {
    return Number(await this.exec('echo $EPOCHREALTIME'));
  }

  /** Pauses the writes, and waits until none is in progress. The reads go on. */
  public async pause(): Promise<void> {
    const idle = `$(find /journal -name 'idle-*' | wc -l) == ${WRITERS}`;
    await this.exec(
      `touch /journal/pause; for ((i = 0; i < 300; i++)); do ((${idle})) && exit; sleep 0.1; done; exit 1`,
    );
  }

  public async resume(): Promise<void> {
    await this.exec('rm -f /journal/pause; while compgen -G "/journal/idle-*" >/dev/null; do sleep 0.1; done');
  }

  public async journal(): Promise<Journal> {
    return parseJournal(
      await this.exec(`awk '{ print FILENAME, $0 }' $(find /journal -name 'writer-*' -o -name 'reader-*' | sort)`),
    );
  }

  private exec(script: string): Promise<string> {
    return this.cluster.kubectl('exec', 'load', '--', 'bash', '-c', script);
  }
}

function pod(awayFrom?: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'load', labels: { app: 'load' } },
    spec: {
      terminationGracePeriodSeconds: 1,
      securityContext: { runAsUser: 999, runAsGroup: 999, fsGroup: 999 },
      affinity: awayFrom && notOn(awayFrom),
      volumes: [{ name: 'journal', emptyDir: {} }],
      containers: [
        {
          name: 'load',
          image: 'mysql:8.4',
          command: ['bash', '-c', readFileSync(join(__dirname, 'load.sh'), 'utf8')],
          env: [
            { name: 'MYSQL_PWD', value: 'load' },
            { name: 'WRITERS', value: String(WRITERS) },
            { name: 'READERS', value: String(READERS) },
          ],
          resources: { requests: { cpu: '10m', memory: '30Mi' } },
          volumeMounts: [{ name: 'journal', mountPath: '/journal' }],
        },
      ],
    },
  };
}
