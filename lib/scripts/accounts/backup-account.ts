import { Cluster } from '../../cluster';

/** The account `backup`, whose password also proves peers to each other. */
export interface BackupAccount {
  readonly host: string;
  /** What its connections must be. */
  readonly require?: string;
  readonly grants: readonly string[];
  /** Of this and every other account of the cluster: keeps a password policy of the server off them. */
  readonly options: string;
}

/** XtraBackup runs beside the server; the CLONE plugin of another server connects from outside. */
export function backupAccount({ cloneMethod, version }: Cluster): BackupAccount {
  const { accountOptions: options, backupGrants } = version.facts;
  return cloneMethod.usesPlugin
    ? { host: '%', require: 'REQUIRE SSL', grants: ['BACKUP_ADMIN ON *.*'], options }
    : { host: 'localhost', grants: backupGrants, options };
}
