import { Peer } from './peer';
import { Rendered, rendered } from './rendered';
import { newIp, Sandbox } from './sandbox';
import { secret } from './secret';

/** What a running server says of itself, and of its replication. */
export interface Server {
  readonly cluster?: string;
  readonly mode?: 'open' | 'closed';
  /** GTIDs of one source, such as `u:1-7`. */
  readonly executed?: string;
  readonly received?: string;
  readonly purged?: string;
  /** Receiver, its error, applier, its error, and the texts of both: `OFF|0|OFF|0||`. */
  readonly threads?: string;
  /** Where it replicates from. */
  readonly configuration?: string;
}

const byDefault = rendered();

/** What a server answers its peers when they ask for its state. */
export const stateOf = (name: string, server: Server): string =>
  ['state', name, 'complete', server.cluster ?? 'c-1', server.mode ?? 'closed']
    .concat(server.executed ?? '', server.received ?? '', server.purged ?? '')
    .join('|');

/** A pod whose server runs on a complete data directory, with files of its own in that. */
export function running(
  ordinal: number,
  server: Server,
  files: Record<string, string> = {},
  cluster: Rendered = byDefault,
): Sandbox {
  const sandbox = new Sandbox(cluster, ordinal);
  sandbox.write(secret());
  sandbox.mkdir('var/run/mysqld');
  sandbox.write({
    'mnt/data/mysql/.complete': 'origin=o\ncluster=c-1\ngtids=u:1-3\n',
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`mnt/data/mysql/${name}`, text])),
  });
  says(sandbox, server);
  sandbox.write({
    'server/threads': `${server.threads ?? 'OFF|0|OFF|0||'}\n`,
    'server/configuration': server.configuration ? `${server.configuration}\n` : '',
    'server/statements': '',
  });
  return sandbox;
}

/** Changes what the server of a pod says of itself. */
export function says(sandbox: Sandbox, server: Server): void {
  sandbox.write({ 'server/state': `${stateOf(sandbox.hostname, server)}\n` });
}

/** What the server of a pod was told, beside questions: a line each. */
export const statements = (sandbox: Sandbox): string[] => sandbox.read('server/statements').split('\n').filter(Boolean);

/** Peers that say what they hold, in the network of a pod. */
export async function among(sandbox: Sandbox, peers: Record<string, string | undefined>): Promise<Peer[]> {
  const started = await Promise.all(Object.values(peers).map((state) => Peer.start(newIp(), { state })));
  const names = Object.keys(peers);
  sandbox.resolvesAmong(Object.fromEntries(names.map((name, i) => [name, started[i].ip])));
  return started;
}
