import { CloneMethod } from '../../options/clone-method';
import { Facts } from '../../options/version/facts';

/** The account `backup`, whose password also proves peers to each other. */
export interface BackupAccount {
  readonly host: string;
  /** What its connections must be. */
  readonly require?: string;
  readonly grants: readonly string[];
  /** Of this and every other account of the cluster: keeps a password policy of the server off them. */
  readonly options: string;
  /** Authentication plugin of this and every other account; undefined for the server's default. */
  readonly plugin?: string;
  /** That of older data, which a later version lacks. */
  readonly oldPlugin?: string;
}

/** XtraBackup runs in the pod of the server; the CLONE plugin of another server connects from outside. */
export function backupAccount({ _usesPlugin: usesPlugin }: CloneMethod, facts: Facts): BackupAccount {
  const { accountOptions: options, accountPlugin: plugin, oldAccountPlugin: oldPlugin, backupGrants } = facts;
  return usesPlugin
    ? { host: '%', require: 'REQUIRE SSL', grants: ['BACKUP_ADMIN ON *.*'], options, plugin, oldPlugin }
    : { host: 'localhost', grants: backupGrants, options, plugin, oldPlugin };
}
