export { CloneMethod, type ClonePluginOptions, type XtraBackupOptions } from './clone-method';
export { type CredentialKeys, Credentials } from './credentials';
export { Endpoint } from './endpoint';
export { Initialize } from './initialize';
export * from './props';
export { ReplicatedMySql } from './replicated-mysql';
export { MySqlVersion } from './version/version';
