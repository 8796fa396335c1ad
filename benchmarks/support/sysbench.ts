import { execFileSync } from 'child_process';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { basename, dirname, join } from 'path';
import { TestCluster } from '../../test/e2e/support/cluster';

const NAME = 'sysbench';
/** Where the pod has sysbench. */
const DIRECTORY = '/tmp/sysbench';
const SCRIPTS = '/usr/share/sysbench';

/** What sysbench reports. */
export interface Report {
  /** Transactions per second. */
  readonly rate: number;
  /** The 95th percentile of the time that a transaction takes, in ms. */
  readonly p95: number;
}

/** How sysbench loads the server. */
export interface Load {
  /** `oltp_read_only` or another of its scripts. */
  readonly script: string;
  readonly threads: number;
  readonly seconds: number;
}

/** A pod that runs this machine's sysbench, which no public image has, against the primary. */
export class Sysbench {
  /** @param rows the rows of each of its 8 tables */
  public static async start(cluster: TestCluster, rows: number): Promise<Sysbench> {
    await cluster.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: NAME },
      spec: {
        terminationGracePeriodSeconds: 0,
        containers: [{ name: NAME, image: 'busybox:1.36', command: ['sleep', '1000000'] }],
      },
    });
    await cluster.podReady(NAME);
    const files = collect();
    try {
      await cluster.kubectl('cp', files, `${NAME}:${DIRECTORY}`);
    } finally {
      rmSync(files, { recursive: true });
    }
    return new Sysbench(cluster, rows);
  }

  private constructor(
    private readonly cluster: TestCluster,
    private readonly rows: number,
  ) {}

  /** Creates and fills the tables. */
  public async prepare(): Promise<void> {
    await this.cluster.sql(0, 'CREATE DATABASE sbtest');
    await this.sysbench('oltp_read_write.lua', '--threads=4', 'prepare');
  }

  public async run({ script, threads, seconds }: Load): Promise<Report> {
    const load = [`--threads=${threads}`, `--time=${seconds}`];
    const output = await this.sysbench(`${script}.lua`, ...load, 'run');
    const number = (pattern: RegExp) => {
      const found = pattern.exec(output)?.[1];
      if (found === undefined) throw new Error(`${pattern} is not in the output of sysbench:\n${output}`);
      return Number(found);
    };
    return { rate: number(/transactions: +\d+ +\(([\d.]+) per sec/), p95: number(/95th percentile: +([\d.]+)/) };
  }

  private sysbench(...args: string[]): Promise<string> {
    const tables = ['--tables=8', `--table-size=${this.rows}`, '--rand-type=uniform'];
    const server = ['--db-driver=mysql', '--mysql-host=mysql-0.mysql', '--mysql-user=root'];
    const command = `cd ${DIRECTORY} && MARIADB_PLUGIN_DIR=$PWD exec ./ld-linux* --library-path . ./sysbench "$@"`;
    return this.cluster.kubectl('exec', NAME, '--', 'sh', '-c', command, 'sysbench', ...server, ...tables, ...args);
  }
}

/** Copies sysbench with all that it loads into one temporary folder, so that it runs in any image. */
function collect(): string {
  const run = (command: string) => execFileSync('sh', ['-c', command], { encoding: 'utf8' }).trim();
  const program = run('command -v sysbench || { echo "install sysbench: it must be in the PATH" >&2; exit 1; }');
  const libraries = [...run(`ldd ${program}`).matchAll(/(\/\S+) \(0x/g)].map(([, file]) => file);
  const client = libraries.find((file) => basename(file).startsWith('libmariadb'));
  const plugin = client ? [join(dirname(client), 'libmariadb3/plugin/caching_sha2_password.so')] : [];
  const scripts = readdirSync(SCRIPTS)
    .filter((file) => file.endsWith('.lua'))
    .map((file) => join(SCRIPTS, file));
  const directory = mkdtempSync(join(tmpdir(), 'sysbench-'));
  for (const file of [program, ...libraries, ...plugin, ...scripts])
    copyFileSync(file, join(directory, basename(file)));
  return directory;
}
