import { App, Chart, Duration, Size, Testing, Yaml } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Credentials, MySqlVersion, ReplicatedMySql, ReplicatedMySqlProps } from '../../../lib';
import { eventually } from './eventually';
import { kubectl, Result, tryKubectl } from './kubectl';

type Container = 'init-mysql' | 'clone-mysql' | 'mysql' | 'xtrabackup';

export interface PodStatus {
  readonly name: string;
  readonly uid: string;
  readonly node: string;
  readonly ready: boolean;
  /** Identity and restarts of each container that has run. */
  readonly containers: Record<string, { id: string; restarts: number; running: boolean }>;
}

/** The version of the clusters under test, such as `8.0.43`: what has no image on a machine by default runs on request. */
const VERSION = process.env.MYSQL_VERSION;

/** Props of clusters that share a small Kubernetes with others, and whose pods end quickly. */
export const small: ReplicatedMySqlProps = {
  credentials: Credentials.insecure(),
  version: VERSION === undefined ? MySqlVersion.V8_4 : MySqlVersion.of(VERSION),
  resources: {
    mysql: { requests: { cpu: Cpu.millis(50), memory: Size.mebibytes(500) } },
    xtrabackup: { requests: { cpu: Cpu.millis(10), memory: Size.mebibytes(50) } },
  },
  settings: { all: { 'innodb-redo-log-capacity': '16M' } }, // the default is half the size of a small clone
  storage: { size: Size.gibibytes(2) },
  termination: { preStop: Duration.seconds(1), gracePeriod: Duration.seconds(30) },
};

/** What the construct, of this build or of another, synthesizes for these props. */
export function yamlOf(props: ReplicatedMySqlProps, construct = ReplicatedMySql): string {
  const chart = new Chart(new App({ outdir: Testing.app().outdir }), 'test');
  new construct(chart, 'mysql', props);
  return Yaml.stringify(...Testing.synth(chart));
}

/** A ReplicatedMySql in its own namespace. */
export class TestCluster {
  /** Makes an empty namespace with these labels. */
  public static async create(test: string, labels: Record<string, string> = {}): Promise<TestCluster> {
    const namespace = `e2e-${test}-${Date.now().toString(36)}`;
    const metadata = { name: namespace, labels: { ...labels, 'replicated-mysql/e2e': 'true' } };
    await kubectl(['create', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata }));
    return new TestCluster(namespace);
  }

  private constructor(public readonly namespace: string) {}

  public async destroy(): Promise<void> {
    await kubectl(['delete', 'namespace', this.namespace, '--wait=false']);
  }

  public kubectl(...args: string[]): Promise<string> {
    return kubectl(['--namespace', this.namespace, ...args]);
  }

  public create(object: object): Promise<string> {
    return kubectl(['--namespace', this.namespace, 'create', '-f', '-'], JSON.stringify(object));
  }

  /** Applies what the construct synthesizes for these props. */
  public async apply(props: ReplicatedMySqlProps = {}): Promise<void> {
    await this.applyYaml(yamlOf(props));
  }

  /** Applies objects. */
  public async applyYaml(yaml: string): Promise<void> {
    await kubectl(['--namespace', this.namespace, 'apply', '-f', '-'], yaml);
  }

  /** Makes the Secret that the default credentials name. Passwords are by account. */
  public async createSecret(passwords: Record<string, string>): Promise<void> {
    const stringData = Object.fromEntries(
      Object.entries(passwords).map(([account, password]) => [`${account}-password`, password]),
    );
    await this.create({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'mysql' }, stringData });
  }

  /** Runs a command in a container of an instance, and returns its result even if it fails. */
  public tryExec(ordinal: number, container: Container, script: string, input = ''): Promise<Result> {
    const where = ['--namespace', this.namespace, 'exec', '-i', `mysql-${ordinal}`, '-c', container];
    return tryKubectl([...where, '--', 'bash', '-c', script], input);
  }

  /** Runs a command in a container of an instance, and returns its output. Throws if it fails. */
  public async exec(ordinal: number, script: string, container: Container = 'mysql', input = ''): Promise<string> {
    const { code, stdout, stderr } = await this.tryExec(ordinal, container, script, input);
    if (code !== 0)
      throw new Error(`mysql-${ordinal} ${container}: ${script.slice(0, 200)}: exit code ${code}\n${stderr}${stdout}`);
    return stdout;
  }

  /** Runs SQL as root; returns its rows, columns separated by tabs. */
  public async sql(ordinal: number, statements: string): Promise<string> {
    const login = 'MYSQL_PWD=$(</mnt/credentials/root-password)';
    return (
      await this.exec(ordinal, `${login} mysql --user=root --batch --skip-column-names`, 'mysql', statements)
    ).trim();
  }

  public logs(ordinal: number, container: Container): Promise<string> {
    return this.kubectl('logs', `mysql-${ordinal}`, '-c', container);
  }

  /** Waits for a line of a container's log. */
  public async logged(ordinal: number, container: Container, text: string | RegExp, seconds?: number): Promise<string> {
    return eventually(
      `"${text}" in the log of mysql-${ordinal} ${container}`,
      async () => {
        const where = ['--namespace', this.namespace, 'logs', `mysql-${ordinal}`, '-c', container];
        const [now, before] = await Promise.all([tryKubectl(where), tryKubectl([...where, '--previous'])]);
        const lines = `${before.code === 0 ? before.stdout : ''}${now.stdout || now.stderr}`.split('\n');
        const found = lines.find((line) => (typeof text === 'string' ? line.includes(text) : text.test(line)));
        if (found === undefined) throw new Error(lines.slice(-5).join('\n'));
        return found;
      },
      seconds,
    );
  }

  /** The instances. */
  public async pods(): Promise<PodStatus[]> {
    const { items } = JSON.parse(await this.kubectl('get', 'pods', '-l', 'app=mysql', '-o', 'json'));
    return (items.map(podStatus) as PodStatus[]).filter(({ name }) => /^mysql-\d+$/.test(name));
  }

  public async pod(ordinal: number): Promise<PodStatus> {
    return podStatus(JSON.parse(await this.kubectl('get', 'pod', `mysql-${ordinal}`, '-o', 'json')));
  }

  /** The names of the ready pods behind a Service. */
  public async endpoints(service: string): Promise<string[]> {
    const ready = '{range .items[*].endpoints[?(@.conditions.ready==true)]}{.targetRef.name} {end}';
    const slices = ['endpointslices', '-l', `kubernetes.io/service-name=${service}`];
    return (await this.kubectl('get', ...slices, '-o', `jsonpath=${ready}`)).split(' ').filter(Boolean).sort();
  }

  /** Waits until a Service leads to exactly these pods. */
  public async leads(service: string, pods: string[], seconds?: number): Promise<void> {
    await eventually(
      `${service} leads to ${pods.join(', ') || 'no pod'}`,
      async () => {
        const seen = await this.endpoints(service);
        if (seen.join() !== pods.join()) throw new Error(seen.join());
        return true;
      },
      seconds,
    );
  }

  /** Waits until exactly this many instances exist, and all are ready. */
  public async ready(instances = 3, seconds = 300): Promise<void> {
    await eventually(
      `${instances} ready instances`,
      async () => {
        const pods = await this.pods();
        if (pods.length !== instances || pods.some((pod) => !pod.ready)) throw new Error(describe(pods));
        return true;
      },
      seconds,
    );
  }

  /** Waits until the GTID sets and the checksums of these tables are equal on all instances. */
  public async converged(instances: number, tables: string[] = [], seconds?: number): Promise<string> {
    const ordinals = Array.from({ length: instances }, (_, ordinal) => ordinal);
    const checksums = tables.length ? `CHECKSUM TABLE ${tables.join(', ')};` : '';
    return eventually(
      'equal GTIDs and checksums on all instances',
      async () => {
        const seen = await Promise.all(ordinals.map((o) => this.sql(o, `SELECT @@GLOBAL.gtid_executed; ${checksums}`)));
        if (new Set(seen).size !== 1) throw new Error(seen.join('\n---\n'));
        return seen[0];
      },
      seconds,
    );
  }

  /** Has the kubelet deliver what is in Secrets and in the ConfigMap to an instance now: it looks whenever a pod changes. */
  public async deliver(ordinal: number): Promise<void> {
    await this.kubectl('annotate', 'pod', `mysql-${ordinal}`, `delivered=${Date.now()}`, '--overwrite');
  }

  /** Waits until all instances have the same accounts. That of root has a salt of its own on each, as each sets it at its start. */
  public async equalAccounts(instances: number): Promise<void> {
    const columns = "User, Host, plugin, account_locked, IF(User = 'root', '', HEX(authentication_string))";
    const query = `SELECT CONCAT_WS(' ', ${columns}) FROM mysql.user ORDER BY User, Host`;
    await eventually('equal accounts on all instances', async () => {
      const seen = await Promise.all(Array.from({ length: instances }, (_, ordinal) => this.sql(ordinal, query)));
      if (new Set(seen).size !== 1) throw new Error(seen.join('\n---\n'));
      return true;
    });
  }

  /** Waits until a pod that is not an instance is ready. */
  public async podReady(name: string): Promise<void> {
    await this.kubectl('wait', `pod/${name}`, '--for=condition=Ready', '--timeout=300s');
  }

  /** Starts a new binary log on an instance, and purges all others. */
  public async purgeLogs(ordinal: number): Promise<void> {
    await this.sql(ordinal, 'FLUSH BINARY LOGS; PURGE BINARY LOGS BEFORE NOW() + INTERVAL 1 HOUR');
  }

  /** Deletes the claim and the pod of an instance. Both come back, with an empty volume. */
  public async loseVolume(ordinal: number): Promise<void> {
    await this.kubectl('delete', 'pvc', `data-mysql-${ordinal}`, '--wait=false');
    await this.restart(ordinal);
  }

  /** Deletes the pod of an instance, and waits until Kubernetes has replaced it. */
  public async restart(ordinal: number): Promise<void> {
    const { uid } = await this.pod(ordinal);
    await this.kubectl('delete', 'pod', `mysql-${ordinal}`, '--wait=false', '--grace-period=5');
    await this.replaced(ordinal, uid);
  }

  /** Waits until Kubernetes has replaced the pod of an instance, which had this UID. */
  public async replaced(ordinal: number, uid: string): Promise<void> {
    await eventually(`a new pod mysql-${ordinal}`, async () =>
      (await this.pod(ordinal)).uid === uid ? undefined : true,
    );
  }

  public async scale(replicas: number): Promise<void> {
    await this.kubectl('scale', 'statefulset', 'mysql', `--replicas=${replicas}`);
    await eventually(`${replicas} pods`, async () => ((await this.pods()).length === replicas ? true : undefined));
  }

  /** Waits until the verdict of an instance matches. */
  public async verdict(ordinal: number, text: string | RegExp, seconds?: number): Promise<string> {
    return eventually(
      `the verdict ${text} of mysql-${ordinal}`,
      async () => {
        const status = await this.exec(ordinal, 'cat /var/run/mysqld/status', 'xtrabackup');
        if (typeof text === 'string' ? !status.includes(text) : !text.test(status)) throw new Error(status);
        return status;
      },
      seconds,
    );
  }

  /** Runs a command in a separate pod that mounts the volume of an instance at /mnt/data, and returns its output. */
  public async onVolume(ordinal: number, script: string): Promise<string> {
    const name = `volume-${ordinal}-${Date.now().toString(36)}`;
    await this.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name },
      spec: {
        restartPolicy: 'Never',
        securityContext: { runAsUser: 999, runAsGroup: 999, fsGroup: 999 },
        volumes: [{ name: 'data', persistentVolumeClaim: { claimName: `data-mysql-${ordinal}` } }],
        containers: [
          {
            name: 'shell',
            image: 'busybox:1.36',
            command: ['sh', '-ec', script],
            volumeMounts: [{ name: 'data', mountPath: '/mnt/data' }],
          },
        ],
      },
    });
    const phase = await eventually(`the end of ${name}`, async () => {
      const seen = await this.kubectl('get', 'pod', name, '-o', 'jsonpath={.status.phase}');
      if (seen !== 'Succeeded' && seen !== 'Failed') throw new Error(seen);
      return seen;
    });
    const output = await this.kubectl('logs', name);
    await this.kubectl('delete', 'pod', name, '--now');
    if (phase !== 'Succeeded') throw new Error(`on the volume of mysql-${ordinal}: ${script}: ${output}`);
    return output;
  }
}

function describe(pods: PodStatus[]): string {
  return pods
    .map((pod) => `${pod.name} ${pod.ready ? 'ready' : 'not ready'} ${JSON.stringify(pod.containers)}`)
    .join('\n');
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an object of the API
function podStatus({ metadata, spec, status }: any): PodStatus {
  const statuses = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  return {
    name: metadata.name,
    uid: metadata.uid,
    node: spec.nodeName ?? '',
    ready: (status.conditions ?? []).some(
      (c: { type: string; status: string }) => c.type === 'Ready' && c.status === 'True',
    ),
    containers: Object.fromEntries(
      statuses.map((container) => [
        container.name,
        {
          id: (container.containerID ?? '').replace(/^.*:\/\//, ''),
          restarts: container.restartCount,
          running: container.state?.running !== undefined,
        },
      ]),
    ),
  };
}
