export { ClaimRetention } from './claim-retention';
export { type CredentialKeys, Credentials } from './credentials';
export { Endpoint } from './endpoint';
export { Exposure, type LoadBalancerOptions, type NodePortOptions } from './exposure';
export { Initialize } from './initialize';
export * from './props';
export { ReplicatedMySql } from './replicated-mysql';
export * from './service-props';
export { MySqlVersion } from './version';
