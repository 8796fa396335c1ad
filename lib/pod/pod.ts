import { k8s } from 'cdk8s-plus-28';
import { Cluster } from '../cluster';
import { seconds } from '../quantities';
import { cloning } from './cloning';
import { cloneMysqlContainer, initMysqlContainer, mysqlContainer, xtrabackupContainer } from './containers';
import { ContainerName, Contribution } from './contribution';
import { credentials } from './credentials';
import { extras } from './extras';
import { reads } from './reads';
import { temporaryFiles } from './temporary';
import { tls } from './tls';
import { users } from './users';
import { volumes } from './volumes';

/** The features that contribute to the pod. A feature plugs in here, and nowhere else in this folder. */
const FEATURES: readonly ((cluster: Cluster) => Contribution)[] = [
  credentials,
  users,
  tls,
  cloning,
  reads,
  temporaryFiles,
  extras,
];

/** The uid and gid of `mysql` in the server's image. All containers run as this user. */
const MYSQL_ID = 999;

/** The pod of an instance. */
export function pod(cluster: Cluster): k8s.PodSpec {
  const { scheduling, images } = cluster;
  const features = FEATURES.map((feature) => feature(cluster));
  return {
    initContainers: [
      ...features.flatMap(({ initContainers = [] }) => initContainers),
      ...[initMysqlContainer(cluster), cloneMysqlContainer(cluster)].map(complete(features)),
    ],
    containers: [
      ...[mysqlContainer(cluster), xtrabackupContainer(cluster, features)].map(complete(features)),
      ...features.flatMap(({ containers = [] }) => containers),
    ],
    volumes: [...volumes(cluster), ...features.flatMap((feature) => feature.volumes ?? [])],
    securityContext: {
      runAsNonRoot: true,
      runAsUser: MYSQL_ID,
      runAsGroup: MYSQL_ID,
      fsGroup: MYSQL_ID,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    serviceAccountName: features.find(({ serviceAccountName }) => serviceAccountName)?.serviceAccountName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: seconds(cluster.termination.gracePeriod),
    imagePullSecrets: images.pullSecrets.length ? images.pullSecrets.map((name) => ({ name })) : undefined,
    affinity: scheduling.affinity,
    tolerations: scheduling.tolerations,
    nodeSelector: scheduling.nodeSelector,
    priorityClassName: scheduling.priorityClassName,
    topologySpreadConstraints: scheduling.topologySpreadConstraints,
  };
}

/** Adds the mounts and the environment that the features contribute to a container. */
const complete = (features: readonly Contribution[]) => (container: k8s.Container) => {
  const name = container.name as ContainerName;
  const env = features.flatMap((feature) => feature.env?.[name] ?? []);
  return {
    ...container,
    env: env.length ? [...(container.env ?? []), ...env] : container.env,
    volumeMounts: [...(container.volumeMounts ?? []), ...features.flatMap(({ mounts }) => mounts?.[name] ?? [])],
  };
};
