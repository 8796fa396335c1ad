import { Cluster } from '../cluster';
import { cloneMethodRules } from './clone-method';
import { credentialsRules } from './credentials';
import { disruptionRules } from './disruption';
import { extrasRules } from './extras';
import { imagesRules } from './images';
import { initializeRules } from './initialize';
import { metadataRules } from './metadata';
import { nameRules, uniqueNameRule } from './name';
import { networkRules } from './network';
import { openingRules } from './opening';
import { readsRules } from './reads';
import { replicasRules } from './replicas';
import { resourcesRules } from './resources';
import { Rule, violationsOf } from './rule';
import { serverIdBaseRules } from './server-id-base';
import { selectorRules } from './selector';
import { servicesRules } from './services';
import { settingsRules } from './settings';
import { storageRules } from './storage';
import { terminationRules } from './termination';
import { tlsRules } from './tls';
import { updateRules } from './update';
import { usersRules } from './users';

/** All rules on the props of a cluster. */
export const clusterRules: readonly Rule<Cluster>[] = [
  ...nameRules,
  ...selectorRules,
  ...replicasRules,
  ...serverIdBaseRules,
  ...cloneMethodRules,
  ...imagesRules,
  ...storageRules,
  ...resourcesRules,
  ...settingsRules,
  ...credentialsRules,
  ...tlsRules,
  ...usersRules,
  ...initializeRules,
  ...openingRules,
  ...metadataRules,
  ...extrasRules,
  ...updateRules,
  ...networkRules,
  ...disruptionRules,
  ...readsRules,
  ...servicesRules,
  ...terminationRules,
];

/** Those that look at the whole app. */
const appRules: readonly Rule<Cluster>[] = [uniqueNameRule, ...selectorRules];
const propsRules = clusterRules.filter((rule) => !appRules.includes(rule));

const known = new WeakMap<Cluster, readonly string[]>();

/** A message for every rule that a cluster violates. cdk8s asks once for each chart of the app, and props do not change. */
export function violations(cluster: Cluster): string[] {
  const ofProps = known.get(cluster) ?? violationsOf(propsRules, cluster);
  known.set(cluster, ofProps);
  return [...violationsOf(appRules, cluster), ...ofProps];
}
