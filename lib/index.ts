export { ReplicatedMySql } from './replicated-mysql';
export { Endpoint } from './endpoint';
export { Connection } from './connection';
export { type ReplicatedMySqlProps } from './options/props';
export { MySqlVersion } from './options/version/version';
export { CloneMethod, type ClonePluginOptions, type XtraBackupOptions } from './options/clone-method';
export { type ImageProps } from './options/images';
export {
  ClaimRetention,
  type EmptyDirOptions,
  type EphemeralOptions,
  type StorageProps,
  TemporaryFiles,
} from './options/storage';
export { type ContainerResources, type ResourceAmounts, type ResourceProps } from './options/resources';
export { type SettingsProps } from './options/settings';
export { type CredentialKeys, Credentials } from './options/credentials';
export { type CertManagerOptions, type SecretTlsOptions, Tls, type TlsOptions, TlsVersion } from './options/tls';
export { Grant, type GrantObject, Password, type PasswordOptions, type UserProps } from './options/users';
export { type IfEmptyOptions, Initialize } from './options/initialize';
export { type MetadataProps } from './options/metadata';
export { type SchedulingProps } from './options/scheduling';
export { type ExtrasProps } from './options/extras';
export { type UpdateProps } from './options/update';
export {
  type CidrOptions,
  Client,
  Destination,
  type NetworkProps,
  type PodsOptions,
  type PortsOptions,
} from './options/network';
export { type DisruptionProps } from './options/disruption';
export { type FromReplicasOptions, Reads, type ReadsProps } from './options/reads';
export {
  Exposure,
  type LoadBalancerOptions,
  type NodePortOptions,
  type ServiceProps,
  type ServicesProps,
} from './options/services';
export { type OpeningProps } from './options/opening';
export { type TerminationProps } from './options/termination';
export { ClusteredApp } from './clustered-app/clustered-app';
export {
  type ClaimProps,
  type ClientServiceProps,
  type ClusteredAppProps,
  type PodMetadataProps,
} from './clustered-app/props';
