import { Cluster } from '../cluster';
import { Facts } from '../options/version/facts';
import { mebibytes } from '../quantities';

// All numbers are MiB. docs/architecture.md has the rule in words, and what was measured.

/** The memory of a server besides that which is counted below. */
const SERVER = 448;
/** The memory of a connection that joins large tables: a hash join that does not fit into its buffer has hundreds of files. */
const CONNECTION = 8;
/** The memory of one changed row in the history that lets replicas apply transactions together. */
const CHANGED_ROW = 33 / 2 ** 20;
/** The memory of a buffer pool for each byte of its pages, its own tables included. */
const PER_PAGE = 1.03;
/** The server rounds the buffer pool up to a multiple of this for each of its instances. */
const CHUNK = 128;

/** The options that follow the memory of the container and the size of the volume. */
export function sizes({ version: { _facts: facts }, resources: { mysql }, storage }: Cluster): Record<string, string> {
  const memory = mysql.limits?.memory ?? mysql.requests?.memory;
  const shares = memory && sharesOf(mebibytes(memory));
  return {
    ...(shares && memoryOptions(shares, facts)),
    // It refuses work, so it follows a limit alone: whoever has only a request may use more.
    ...(shares && mysql.limits?.memory ? { 'max-connections': String(shares.connections) } : {}),
    ...redoOptions(Math.floor(Math.min(mebibytes(storage.size) / 16, 2 * (shares?.pool ?? CHUNK), 8192)), facts),
  };
}

/** The parts into which the memory of the container is divided. */
interface Shares {
  readonly pool: number;
  readonly poolInstances: number;
  readonly tempTables: number;
  readonly history: number;
  readonly connections: number;
}

/** Half of what the server leaves is the buffer pool's, and whatever 500 connections leave. */
function sharesOf(memory: number): Shares {
  const tempTables = Math.floor(memory / 32);
  const history = memory / 64;
  const spare = memory - SERVER - tempTables - history;
  const most = Math.max(spare / 2, spare - 500 * CONNECTION) / PER_PAGE;
  const poolInstances = between(1, most / 1024, 8);
  const unit = CHUNK * poolInstances;
  const pool = Math.max(Math.floor(most / unit) * unit, 64);
  return {
    pool,
    poolInstances,
    tempTables,
    history,
    connections: between(16, (spare - pool * PER_PAGE) / CONNECTION, 1000),
  };
}

function memoryOptions({ pool, poolInstances, tempTables, history }: Shares, facts: Facts): Record<string, string> {
  return {
    'innodb-buffer-pool-size': `${pool}M`,
    'innodb-buffer-pool-instances': String(poolInstances),
    'innodb-log-buffer-size': '16M', // 64M by default from 8.4 on, which is for transactions of that size
    ...(facts.hasTempTable ? { 'temptable-max-ram': `${tempTables}M` } : {}),
    'binlog-transaction-dependency-history-size': String(between(25_000, history / CHANGED_ROW, 10_000_000)),
  };
}

function redoOptions(capacity: number, facts: Facts): Record<string, string> {
  return facts.hasRedoCapacity
    ? { 'innodb-redo-log-capacity': `${capacity}M` }
    : { 'innodb-log-file-size': `${Math.floor(capacity / 2)}M` }; // there are two files
}

/** The nearest whole number below, within bounds. */
function between(least: number, number: number, most: number): number {
  return Math.floor(Math.max(least, Math.min(number, most)));
}
