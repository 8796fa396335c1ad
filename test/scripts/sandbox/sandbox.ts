import { ChildProcess, spawn } from 'child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'fs';
import { tmpdir } from 'os';
import { dirname, join, relative } from 'path';
import { commandsOf, Fault, onPath } from './commands';
import { Rendered, Scripts } from './rendered';

/** The paths of a pod that a sandbox has its own of. */
const POD_PATHS = /\/(mnt\/(data|conf\.d|config-map|credentials|api)|tmp|var\/run\/mysqld|usr\/share\/zoneinfo)\b/g;

/** The containers that mount the directory `mysql` of the volume at /var/lib/mysql. */
const SERVING = ['mysql', 'xtrabackup'];

/** Holds all sandboxes of a test file, and goes with it. */
const root = mkdtempSync(join(tmpdir(), 'sandboxes-'));
afterAll(() => rmSync(root, { recursive: true }));

/** The scripts that run; none outlives its test. */
const running = new Set<Run>();
afterEach(() => running.forEach((run) => run.kill()));

let pods = 0;

/** An address of its own for a pod, on the loopback device, whose addresses are all this machine's. */
export function newIp(): string {
  pods += 1;
  return `127.${(process.pid >> 8) & 255}.${process.pid & 255}.${pods + 1}`;
}

/** The volumes of one pod, and its place in the network. What scripts leave in them survives from run to run. */
export class Sandbox {
  public readonly hostname: string;
  private scripts: Scripts = {};
  public readonly ip = newIp();
  private readonly directory = mkdtempSync(join(root, 'pod-'));

  constructor(cluster: Rendered, ordinal: number) {
    this.hostname = `mysql-${ordinal}`;
    for (const path of ['mnt/data', 'mnt/conf.d', 'mnt/config-map', 'mnt/credentials', 'tmp', 'usr/share/zoneinfo']) {
      this.mkdir(path);
    }
    this.apply(cluster);
  }

  /** Gives the pod what a cluster has for it, as `kubectl apply` and a restart do. */
  public apply({ scripts, configMap }: Rendered): void {
    this.scripts = scripts;
    this.remove('mnt/config-map');
    for (const [file, text] of Object.entries(configMap)) this.write({ [`mnt/config-map/${file}`]: text });
  }

  /** Writes files, each a path in the sandbox and its content. */
  public write(files: Record<string, string | Buffer>): void {
    for (const [path, content] of Object.entries(files)) {
      const file = this.path(path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  }

  /** Where a path of the sandbox is on this machine. */
  public path(path: string): string {
    return join(this.directory, path);
  }

  public mkdir(path: string): void {
    mkdirSync(this.path(path), { recursive: true });
  }

  public remove(path: string): void {
    rmSync(this.path(path), { recursive: true, force: true });
  }

  /** What DNS knows: names, and the addresses of each. */
  public resolves(names: Record<string, string[]>): void {
    this.write({
      hosts: Object.entries(names)
        .map(([name, ips]) => `${name} ${ips.join(' ')}\n`)
        .join(''),
    });
  }

  /** DNS as it is when this pod and peers at some addresses run. */
  public resolvesAmong(peers: Record<string, string> = {}): void {
    const pods = { [this.hostname]: this.ip, ...peers };
    this.resolves({
      mysql: Object.values(pods),
      ...Object.fromEntries(Object.entries(pods).map(([name, ip]) => [`${name}.mysql`, [ip]])),
    });
  }

  public read(path: string): string {
    return readFileSync(this.path(path), 'utf8');
  }

  /** All files and directories below a path: the content of each, `undefined` for directories. */
  public tree(path: string): Record<string, string | undefined> {
    const root = this.path(path);
    const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
    return Object.fromEntries(
      names.map((name) => {
        const file = join(root, name);
        return [relative(root, file), statSync(file).isDirectory() ? undefined : readFileSync(file, 'utf8')];
      }),
    );
  }

  /** Starts a script of the pod: that of a container, by its name. */
  public start(name: string, { fault, steps = false, env = {} }: RunOptions = {}): Run {
    if (fault) this.remove('calls');
    if (steps) this.remove('steps');
    if (name === 'init-mysql') this.remove('mysqld.pid');
    const script = this.scripts[name];
    const mount = SERVING.includes(name) ? this.mountData() : undefined;
    const child = spawn(
      '/bin/sh',
      ['-c', `export SCRIPT=$$; exec ${onPath('bash')} -c "$1"`, 'sh', this.inside(script, mount?.path)],
      {
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          PATH: binOf(script),
          HOME: this.directory, // bash reads .bashrc there when its input is a socket
          REAL_PATH: process.env.PATH,
          SANDBOX: this.directory,
          HOSTNAME: this.hostname,
          POD_IP: this.ip,
          STEPS: steps ? join(this.directory, 'steps') : '',
          FAULT_COMMAND: fault?.command ?? '',
          FAULT_ARGUMENT: fault?.argument ?? '',
          FAULT_CALL: String(fault?.call ?? ''),
          FAULT_EFFECT: fault?.effect ?? '',
          DATADIR: mount?.path ?? '',
          ...env,
        },
      },
    );
    child.once('exit', () => mount?.unmount());
    return new Run(child);
  }

  /** The calls of commands in the last run that noted them, as `command number`. */
  public steps(): { command: string; call: number }[] {
    const calls = new Map<string, number>();
    const commands = this.stepLines().map((line) => line.split(' ')[0]);
    return commands.map((command) => {
      calls.set(command, (calls.get(command) ?? 0) + 1);
      return { command, call: calls.get(command)! };
    });
  }

  /** The different calls of commands in the last run that noted them: each by the end of its last argument. */
  public differentSteps(): { command: string; argument: string; call: number }[] {
    return [...new Set(this.stepLines())].map((line) => {
      const [command, argument] = line.split(' ');
      return { command, argument, call: 1 };
    });
  }

  private stepLines(): string[] {
    return this.read('steps').trim().split('\n');
  }

  /**
   * What the kubelet binds to /var/lib/mysql when a container starts: the directory that is `mysql` at that moment,
   * which it makes when there is none. Like a bind, the path of an open directory follows it wherever it is moved.
   */
  private mountData(): { path: string; unmount: () => void } {
    this.mkdir('mnt/data/mysql');
    const directory = openSync(this.path('mnt/data/mysql'), 'r');
    return { path: `/proc/${process.pid}/fd/${directory}`, unmount: () => closeSync(directory) };
  }

  /** The script with the paths of a pod become those of the sandbox, and names of hosts become what they resolve to. */
  private inside(script: string, data = ''): string {
    return script
      .replaceAll('/var/lib/mysql', data)
      .replace(POD_PATHS, (path) => this.directory + path)
      .replaceAll('/dev/tcp/$1/', '/dev/tcp/$(address_of "$1")/');
  }
}

export interface RunOptions {
  readonly fault?: Fault;
  /** Whether to note the calls of commands. */
  readonly steps?: boolean;
  readonly env?: Record<string, string>;
}

/** A script that runs, and what it says. */
export class Run {
  public output = '';
  private ended?: { code: number | null };
  private readonly watchers = new Set<() => void>();
  private readonly hearers: ((text: string) => void)[] = [];
  private readonly mourners: ((code: number | null) => void)[] = [];

  constructor(private readonly child: ChildProcess) {
    running.add(this);
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
        this.hearers.forEach((hear) => hear(text));
        this.notify();
      });
    }
    child.once('exit', (code) => {
      this.kill(); // a container ends with its first process
      this.ended = { code };
      running.delete(this);
      this.notify();
      this.mourners.forEach((mourn) => mourn(code));
    });
  }

  /** The exit code, `null` when the script was killed. */
  public async code(): Promise<number | null> {
    await this.until('the script to end', () => this.ended !== undefined);
    return this.ended!.code;
  }

  /** Resolves once the script has said a text. */
  public async says(text: string): Promise<void> {
    await this.until(`"${text}"`, () => this.output.includes(text));
  }

  public onOutput(hear: (text: string) => void): void {
    this.hearers.push(hear);
  }

  /** Calls with the exit code, `null` when the script was killed. */
  public onEnd(mourn: (code: number | null) => void): void {
    this.mourners.push(mourn);
  }

  /** Tells the first process of the script to end, as the kubelet does. */
  public terminate(): void {
    process.kill(this.child.pid!, 'SIGTERM');
  }

  /** Kills all processes of the script, as the end of its container does. */
  public kill(): void {
    try {
      process.kill(-this.child.pid!, 'SIGKILL');
    } catch {
      // there are none any more
    }
  }

  /** Resolves once a condition holds, which is looked at whenever the script says something. */
  public async until(what: string, holds: () => boolean): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const stop = () => {
        clearTimeout(deadline);
        this.watchers.delete(look);
      };
      const look = () => {
        if (holds()) {
          stop();
          resolve();
        } else if (this.ended) {
          stop();
          reject(new Error(`the script ended with ${this.ended.code} before ${what}:\n${this.output}`));
        }
      };
      const deadline = setTimeout(() => {
        stop();
        this.kill();
        reject(new Error(`waited in vain for ${what}:\n${this.output}`));
      }, 30_000);
      this.watchers.add(look);
      look();
    });
  }

  private notify(): void {
    for (const look of [...this.watchers]) look();
  }
}

const bins = new Map<string, string>();

function binOf(script: string): string {
  const bin = bins.get(script) ?? commandsOf(script, root);
  bins.set(script, bin);
  return bin;
}
