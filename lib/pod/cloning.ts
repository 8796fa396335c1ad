import { Cluster } from '../cluster';
import { Contribution } from './contribution';
import { mounts } from './volumes';

/** `cloneMethod`: mounts the options of the recipient's temporary server, or those of the client in XtraBackup's image. */
export function cloning({ cloneMethod }: Cluster): Contribution {
  return cloneMethod._usesPlugin
    ? { mounts: { 'clone-mysql': [mounts.conf] } }
    : { mounts: { xtrabackup: [mounts.clientCnf] } };
}
