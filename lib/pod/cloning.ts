import { Cluster } from '../cluster';
import { Contribution } from './contribution';
import { mounts } from './volumes';

/** `cloneMethod`: the CLONE plugin's temporary server needs my.cnf; the mysql client of XtraBackup's image needs its options. */
export function cloning({ cloneMethod }: Cluster): Contribution {
  return cloneMethod.usesPlugin
    ? { mounts: { 'clone-mysql': [mounts.conf] } }
    : { mounts: { xtrabackup: [mounts.clientCnf] } };
}
