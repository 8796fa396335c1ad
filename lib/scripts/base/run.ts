import { bash } from './bash';

/** The files of /var/run/mysqld: in memory, shared by the containers of a pod, and gone with it. */
const FILES = {
  socket: { file: 'mysqld.sock', purpose: "the server's" },
  status: { file: 'status', purpose: "the sidecar's verdict, which readiness and donors follow" },
  judged: { file: 'judged', purpose: 'when the sidecar last came to a verdict' },
  opened: { file: 'opened', purpose: 'the sidecar has opened this primary since its server started' },
  stopping: { file: 'stopping', purpose: 'preStop has closed this primary, whose server ends' },
  started_with: { file: 'started-with', purpose: 'the GTIDs with which the server of this primary started' },
  gone: { file: 'gone', purpose: 'with a name as its ending: a person says that this peer is gone for good' },
  primary_ca: { file: 'primary.pem', purpose: 'verifies the primary; there only while the receiver may connect' },
  close: { file: 'close', purpose: 'when this replica was last known to be close to the primary' },
  unready: { file: 'unready', purpose: 'a person takes this instance out of the reads' },
  new_clone: { file: 'clone-again', purpose: 'a person asks for a new clone' },
  exchange: { file: 'exchange', purpose: 'the sidecar exchanges the data directory: mysqld must not start' },
  parked: { file: 'parked', purpose: 'the mysql container waits for that, and no mysqld runs' },
  clone_locks: { file: 'clone', purpose: 'with the process that serves a clone as its ending' },
  backup_login: { file: 'backup.cnf', purpose: 'the login of XtraBackup, for the length of a backup' },
  port_log: { file: 'clone-port.log', purpose: 'what the listener of the last clone said' },
  backup_log: { file: 'backup.log', purpose: 'what the last backup said' },
  reads_log: { file: 'reads.log', purpose: 'what the API server last said' },
};

/** Defines the variables of some of these files, each by its name. */
export function runFiles(...names: (keyof typeof FILES)[]): string {
  const lines = names.map((name): [string, string] => [`${name}=$run/${FILES[name].file}`, FILES[name].purpose]);
  const width = Math.max(...lines.map(([assignment]) => assignment.length));
  return bash`
run=/var/run/mysqld
${lines.map(([assignment, purpose]) => `${assignment.padEnd(width)} # ${purpose}\n`).join('')}`;
}
