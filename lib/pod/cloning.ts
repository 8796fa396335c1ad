import { Cluster } from '../cluster';
import { Contribution } from './contribution';
import { mounts } from './volumes';

/** The mounts that a clone method needs: the options of the recipient's temporary server, or those of XtraBackup's client. */
export function cloning({ cloneMethod }: Cluster): Contribution {
  return cloneMethod.usesPlugin
    ? { mounts: { 'clone-mysql': [mounts.conf] } }
    : { mounts: { xtrabackup: [mounts.clientCnf] } };
}
