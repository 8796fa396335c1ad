import { Answers, Peer } from './peer';
import { Rendered, rendered } from './rendered';
import { newIp, Sandbox } from './sandbox';
import { secret } from './secret';

/** The state of a running server and of its replication. */
export interface Server {
  readonly cluster?: string;
  readonly mode?: 'open' | 'closed';
  /** GTIDs of one source, such as `u:1-7`. */
  readonly executed?: string;
  readonly received?: string;
  readonly purged?: string;
  /** Number and epoch of the last opening that it knows: `1:e-1`. */
  readonly epoch?: string;
  /** State and error number of the receiver, then of the applier, then both error messages: `OFF|0|OFF|0||`. */
  readonly threads?: string;
  /** Host, port, auto-position, TLS, CA, whether the name is verified, and interval and number of retries of the source: `mysql-0.mysql|3306|1|YES|/var/run/mysqld/primary.pem|NO|5|1`. */
  readonly configuration?: string;
}

/** The `configuration` of a replica as the sidecar sets it up. */
export const CONFIGURED = 'mysql-0.mysql|3306|1|YES|/var/run/mysqld/primary.pem|NO|5|1';

/** The `threads` of a replica whose receiver and applier run. */
export const RUNNING = 'ON|0|ON|0||';

/** The marks in the data directory of a replica that has replicated. */
export const REPLICATED = { '.replicating': 'from mysql-0\n', '.connected': 'to mysql-0\n' };

const defaults = rendered();

/** The answer of an instance to the request `state`. */
export const stateOf = (name: string, server: Server): string =>
  ['state', name, 'complete', server.cluster ?? 'c-1', server.mode ?? 'closed']
    .concat(server.executed ?? '', server.received ?? '', server.purged ?? '', server.epoch ?? '0:')
    .join('|');

/** A pod whose server runs on a complete data directory. `files` are added to that directory. */
export function runningPod(
  ordinal: number,
  server: Server,
  files: Record<string, string> = {},
  cluster: Rendered = defaults,
): Sandbox {
  const sandbox = new Sandbox(cluster, ordinal);
  sandbox.write(secret());
  sandbox.mkdir('var/run/mysqld');
  sandbox.mkdir('mnt/data/.reserve');
  sandbox.write({
    'var/run/mysqld/mysqld.sock': '',
    'mnt/data/mysql/.complete': 'origin=o\ncluster=c-1\ngtids=u:1-3\n',
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`mnt/data/mysql/${name}`, text])),
  });
  setServerState(sandbox, server);
  sandbox.write({
    'server/threads': `${server.threads ?? 'OFF|0|OFF|0||'}\n`,
    'server/configuration': server.configuration
      ? `${server.configuration.replace('/var', sandbox.path('var'))}\n`
      : '',
    'server/statements': '',
  });
  return sandbox;
}

/** Changes the state of a pod's running server. */
export function setServerState(sandbox: Sandbox, server: Server): void {
  sandbox.write({ 'server/state': `${stateOf(sandbox.hostname, server)}\n` });
}

/** The statements that changed something on a pod's server, in order. Queries are left out. */
export const statements = (sandbox: Sandbox): string[] =>
  sandbox.read('server/statements').replaceAll(sandbox.path('var'), '/var').split('\n').filter(Boolean);

/** The answers of a peer with a server. */
export const answersOf = (name: string, server: Server): Answers => ({
  state: stateOf(name, server),
  certificate: `certificate|${name}|${Buffer.from(CA).toString('base64')}`,
  lacks: () => `lacks|${name}||`,
});

/** The CA that peers show. */
export const CA = 'the CA of a peer\n';

/** Starts peers in the network of a pod: the answer to the request `state`, by name. A peer without one does not answer. */
export async function startPeers(sandbox: Sandbox, peers: Record<string, string | undefined>): Promise<Peer[]> {
  const started = await Promise.all(
    Object.values(peers).map((state) =>
      Peer.start(newIp(), state ? { ...answersOf(state.split('|')[1], {}), state } : {}),
    ),
  );
  const names = Object.keys(peers);
  sandbox.setDnsForPods(Object.fromEntries(names.map((name, i) => [name, started[i].ip])));
  return started;
}
