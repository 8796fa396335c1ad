import { Cluster } from './cluster';

/** The account `backup`, whose password also proves peers to each other. */
export interface BackupAccount {
  readonly host: string;
  /** What its connections must be. */
  readonly require?: string;
  readonly grants: readonly string[];
}

/** XtraBackup runs beside the server; the CLONE plugin of another server connects from outside. */
export function backupAccount({ cloneMethod, version }: Cluster): BackupAccount {
  return cloneMethod.usesPlugin
    ? { host: '%', require: 'REQUIRE SSL', grants: ['BACKUP_ADMIN ON *.*'] }
    : { host: 'localhost', grants: version.facts.backupGrants };
}
