import { ChildProcess, spawn } from 'child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'fs';
import { tmpdir } from 'os';
import { dirname, join, relative } from 'path';
import { commandsOf, Fault, onPath } from './commands';
import { Rendered, Scripts } from './rendered';

/** The paths of a pod that a sandbox replaces by its own. */
const POD_PATHS =
  /\/(etc\/mysql\/conf\.d|mnt\/(data|conf\.d|config-map|credentials|delivered|secret|tls|tls-secret|api)|tmp|var\/run\/mysqld|usr\/share\/zoneinfo|proc\/uptime)\b/g;

/** How scripts pause. A sandbox shortens it to the share SLEEP, but not below 20 ms, so that its loops do not spin. */
const PAUSE = /^pause\(\) \{.*$/m;
const SHORT_PAUSE = `pause() { # in microseconds
  local tenths=$1 wait
  [[ $1 = *.* ]] && tenths=\${1/./} || tenths=\${1}0
  wait=$((10#$tenths * MICROSECONDS))
  ((wait >= 20000)) || wait=20000
  printf -v wait '%d.%06d' $((wait / 1000000)) $((wait % 1000000))
  read -r -t "$wait" -u "$nothing" || true
}`;

/** The containers that mount the directory `mysql` of the volume at /var/lib/mysql. */
const WITH_DATA = ['mysql', 'xtrabackup'];

/** The directory of all sandboxes of a test file. */
const root = mkdtempSync(join(tmpdir(), 'sandboxes-'));
afterAll(() => rmSync(root, { recursive: true }));

/** The scripts that run. Each test kills what it has left running. */
const runningScripts = new Set<Run>();
afterEach(() => runningScripts.forEach((run) => run.kill()));

let pods = 0;

/** A new address for a pod, on the loopback device: all addresses of 127.0.0.0/8 belong to this machine. */
export function newIp(): string {
  pods += 1;
  return `127.${(process.pid >> 8) & 255}.${process.pid & 255}.${pods + 1}`;
}

/** The volumes of one pod, and its place in the network. Files that a script leaves in them are there in the next run. */
export class Sandbox {
  private scripts: Scripts = {};
  public readonly ip = newIp();
  private readonly directory = mkdtempSync(join(root, 'pod-'));

  constructor(
    cluster: Rendered,
    ordinal: number,
    public readonly hostname = `mysql-${ordinal}`,
  ) {
    for (const path of [
      'mnt/data',
      'mnt/conf.d',
      'mnt/config-map',
      'mnt/credentials',
      'mnt/delivered',
      'tmp',
      'usr/share/zoneinfo',
    ]) {
      this.mkdir(path);
    }
    this.mkdir('etc/mysql');
    symlinkSync(this.path('mnt/conf.d'), this.path('etc/mysql/conf.d'));
    this.mkdir('proc');
    symlinkSync('/proc/uptime', this.path('proc/uptime'));
    this.apply(cluster);
  }

  /** Gives the pod the scripts and the ConfigMap of a cluster, as `kubectl apply` and a restart do. */
  public apply({ scripts, configMap }: Rendered): void {
    this.scripts = scripts;
    this.remove('mnt/config-map');
    for (const [file, text] of Object.entries(configMap)) this.write({ [`mnt/config-map/${file}`]: text });
  }

  /** Writes files: content by path in the sandbox. */
  public write(files: Record<string, string | Buffer>): void {
    for (const [path, content] of Object.entries(files)) {
      const file = this.path(path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  }

  /** Stops the clock that the scripts look at, at a number of seconds since the node started. */
  public setUptime(seconds: number): void {
    this.write({ 'proc/uptime.new': `${seconds}.00 0.00\n` });
    renameSync(this.path('proc/uptime.new'), this.path('proc/uptime')); // there is never none: scripts look at any time
  }

  /** The path on this machine of a path in the sandbox. */
  public path(path: string): string {
    return join(this.directory, path);
  }

  public mkdir(path: string): void {
    mkdirSync(this.path(path), { recursive: true });
  }

  public remove(path: string): void {
    rmSync(this.path(path), { recursive: true, force: true });
  }

  /** Sets the DNS records: addresses by name. */
  public setDns(records: Record<string, string[]>): void {
    this.write({
      hosts: Object.entries(records)
        .map(([name, ips]) => `${name} ${ips.join(' ')}\n`)
        .join(''),
    });
  }

  /** Sets the DNS records to those of this pod and of peers: address by pod name. */
  public setDnsForPods(peers: Record<string, string> = {}): void {
    const pods = { [this.hostname]: this.ip, ...peers };
    this.setDns({
      mysql: Object.values(pods),
      ...Object.fromEntries(Object.entries(pods).map(([name, ip]) => [`${name}.mysql`, [ip]])),
    });
  }

  public read(path: string): string {
    return readFileSync(this.path(path), 'utf8');
  }

  public has(path: string): boolean {
    return existsSync(this.path(path));
  }

  /** All files and directories below a path: content by path, `undefined` for directories. */
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

  /** Starts a script of the pod, by its key in `Scripts`. */
  public start(name: string, { fault, steps = false, env = {} }: RunOptions = {}): Run {
    if (fault) this.remove('calls');
    if (steps) this.remove('steps');
    if (name === 'init-mysql') this.remove('mysqld.pid');
    const script = this.scripts[name];
    const mount = WITH_DATA.includes(name) ? this.mountData() : undefined;
    const child = spawn(
      '/bin/sh',
      ['-c', `export SCRIPT=$$; exec ${onPath('bash')} -c "$1"`, 'sh', this.translate(script, mount?.path)],
      {
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          PATH: commandsFor(script),
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
          MICROSECONDS: String(Math.round(Number(env.SLEEP ?? 0.01) * 100_000)), // of a tenth of a second
          ...env,
        },
      },
    );
    child.once('exit', () => mount?.unmount());
    return new Run(child);
  }

  /** The commands that the last run with `steps` called, in order. `call` counts the calls of the same command. */
  public steps(): { command: string; call: number }[] {
    const calls = new Map<string, number>();
    const commands = this.stepLines().map((line) => line.split(' ')[0]);
    return commands.map((command) => {
      calls.set(command, (calls.get(command) ?? 0) + 1);
      return { command, call: calls.get(command)! };
    });
  }

  /** The distinct steps of the last run with `steps`: command, and end of its last argument. */
  public distinctSteps(): { command: string; argument: string; call: number }[] {
    return [...new Set(this.stepLines())].map((line) => {
      const [command, argument] = line.split(' ');
      return { command, argument, call: 1 };
    });
  }

  private stepLines(): string[] {
    return this.read('steps').trim().split('\n');
  }

  /**
   * Mounts the data directory as the kubelet does when a container starts: it binds the directory that is called `mysql`
   * at that moment, and creates a missing one. Like a bind mount, the path of an open directory stays valid after a rename.
   */
  private mountData(): { path: string; unmount: () => void } {
    this.mkdir('mnt/data/mysql');
    const directory = openSync(this.path('mnt/data/mysql'), 'r');
    return { path: `/proc/${process.pid}/fd/${directory}`, unmount: () => closeSync(directory) };
  }

  /** Replaces the paths of a pod by those of the sandbox, and host names in /dev/tcp by their addresses. */
  private translate(script: string, data = ''): string {
    return script
      .replaceAll('/var/lib/mysql', data)
      .replace(POD_PATHS, (path) => this.directory + path)
      .replace(PAUSE, () => SHORT_PAUSE)
      .replaceAll('/dev/tcp/$1/', '/dev/tcp/$(address_of "$1")/');
  }
}

export interface RunOptions {
  readonly fault?: Fault;
  /** Whether to record the calls of commands. */
  readonly steps?: boolean;
  readonly env?: Record<string, string>;
}

/** A running script and its output. */
export class Run {
  public output = '';
  private ended?: { code: number | null };
  private readonly checks = new Set<() => void>();
  private readonly outputListeners: ((text: string) => void)[] = [];
  private readonly endListeners: ((code: number | null) => void)[] = [];

  constructor(private readonly child: ChildProcess) {
    runningScripts.add(this);
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
        this.outputListeners.forEach((listener) => listener(text));
        this.runChecks();
      });
    }
    child.once('exit', (code) => {
      this.kill(); // a container ends when its first process ends
      this.ended = { code };
      runningScripts.delete(this);
      this.runChecks();
      this.endListeners.forEach((listener) => listener(code));
    });
  }

  /** The process of the script. */
  public get pid(): number {
    return this.child.pid!;
  }

  /** Resolves to the exit code once the script has ended; `null` if it was killed. */
  public async code(): Promise<number | null> {
    await this.waitUntil('the script to end', () => this.ended !== undefined);
    return this.ended!.code;
  }

  /** Resolves once the output contains a text. */
  public async waitForOutput(text: string): Promise<void> {
    await this.waitUntil(`"${text}"`, () => this.output.includes(text));
  }

  public onOutput(listener: (text: string) => void): void {
    this.outputListeners.push(listener);
  }

  /** Calls a listener with the exit code when the script ends; `null` if it was killed. */
  public onEnd(listener: (code: number | null) => void): void {
    this.endListeners.push(listener);
  }

  /** Sends SIGTERM to the first process of the script, as the kubelet does. */
  public terminate(): void {
    process.kill(this.child.pid!, 'SIGTERM');
  }

  /** Kills all processes of the script, as the kubelet does when a container ends. */
  public kill(): void {
    try {
      process.kill(-this.child.pid!, 'SIGKILL');
    } catch {
      // all of them have ended
    }
  }

  /** Resolves once a condition holds, which is checked at each output of the script and every 20 ms. `what` describes it in the error. */
  public async waitUntil(what: string, holds: () => boolean): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const stop = () => {
        clearTimeout(deadline);
        clearInterval(interval);
        this.checks.delete(check);
      };
      const check = () => {
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
        reject(new Error(`timed out waiting for ${what}:\n${this.output}`));
      }, 30_000);
      const interval = setInterval(check, 20);
      this.checks.add(check);
      check();
    });
  }

  private runChecks(): void {
    for (const check of [...this.checks]) check();
  }
}

const bins = new Map<string, string>();

function commandsFor(script: string): string {
  const bin = bins.get(script) ?? commandsOf(script, root);
  bins.set(script, bin);
  return bin;
}
