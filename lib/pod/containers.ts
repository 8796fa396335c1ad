import { k8s } from 'cdk8s-plus-28';
import { backupAccount } from '../scripts/accounts/backup-account';
import { Cluster } from '../cluster';
import { MYSQL_PORT, PEER_PORT, readServiceName } from '../names';
import { seconds } from '../quantities';
import { ContainerResources, ResourceAmounts } from '../options/resources';
import { cloneMysql } from '../scripts/clone-mysql';
import { initMysql } from '../scripts/init-mysql';
import { mysql } from '../scripts/mysql';
import { preStop } from '../scripts/pre-stop';
import { readiness } from '../scripts/readiness';
import { xtrabackup } from '../scripts/xtrabackup';
import { mounts } from './volumes';

const POD_IP: k8s.EnvVar = { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } };

/** Configures the server, and initializes an empty primary. */
export function initMysqlContainer(cluster: Cluster): k8s.Container {
  const { credentials } = cluster;
  const insecure = credentials.secretName === undefined;
  const script = initMysql({
    service: cluster.name,
    serverIdBase: cluster.serverIdBase,
    credentials,
    backup: backupAccount(cluster.cloneMethod, cluster.version.facts),
  });
  return {
    ...serverContainer(cluster, 'init-mysql', script),
    env: [POD_IP],
    volumeMounts: [
      mounts.volume,
      mounts.confToWrite,
      mounts.configMap,
      insecure ? mounts.credentialsToWrite : mounts.credentials,
      mounts.tmp,
    ],
  };
}

/** Fills an empty replica with a clone. */
export function cloneMysqlContainer(cluster: Cluster): k8s.Container {
  const script = cloneMysql({ service: cluster.name, method: cluster.cloneMethod });
  return {
    ...cloningContainer(cluster, 'clone-mysql', script),
    volumeMounts: [
      mounts.volume,
      ...(cluster.cloneMethod.usesPlugin ? [mounts.conf] : []),
      mounts.configMap,
      mounts.credentials,
      mounts.tmp,
    ],
  };
}

/** The server. */
export function mysqlContainer(cluster: Cluster): k8s.Container {
  const waiting = seconds(cluster.termination.preStop);
  const left = seconds(cluster.termination.gracePeriod) - waiting;
  // Half of what is left of the grace period: the server needs the rest to shut down.
  const stop = preStop({
    service: cluster.name,
    seconds: waiting,
    applying: Math.floor(left / 2),
    words: cluster.version.facts.words,
  });
  const ping = { exec: { command: ['mysqladmin', 'ping'] } };
  return {
    ...serverContainer(cluster, 'mysql', mysql),
    ports: [{ name: 'mysql', containerPort: MYSQL_PORT }],
    volumeMounts: [mounts.data, mounts.conf, mounts.credentials, mounts.run, mounts.tmp],
    // Recovery after a crash may take hours; only then does liveness begin.
    startupProbe: { ...ping, periodSeconds: 1, failureThreshold: 4 * 3600, timeoutSeconds: 5 },
    livenessProbe: { ...ping, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
    readinessProbe: { exec: { command: ['bash', '-c', readiness] }, periodSeconds: 2, timeoutSeconds: 5 },
    lifecycle: { preStop: { exec: { command: ['bash', '-c', stop] } } },
  };
}

/** Opens the primary, keeps replicas replicating, and serves clones. */
export function xtrabackupContainer(cluster: Cluster): k8s.Container {
  const { cloneMethod, name, reads, version } = cluster;
  const { words, backupsHoldGtids, commitTimestamps } = version.facts;
  const script = xtrabackup({
    service: name,
    method: cloneMethod,
    backup: backupAccount(cluster.cloneMethod, cluster.version.facts),
    words,
    backupsHoldGtids,
    lag: reads.maxLag && { maxLag: seconds(reads.maxLag), commitTimestamps },
    readsLabel: reads.from.replicasOnly ? { ...reads.from, readService: readServiceName(name) } : undefined,
  });
  return {
    ...cloningContainer(cluster, 'xtrabackup', script),
    ports: [{ name: 'xtrabackup', containerPort: PEER_PORT }],
    volumeMounts: [
      mounts.volume,
      mounts.data,
      mounts.conf,
      ...(cluster.cloneMethod.usesPlugin ? [] : [mounts.clientCnf]),
      mounts.credentials,
      mounts.run,
      mounts.tmp,
      ...(reads.from.replicasOnly ? [mounts.api] : []),
    ],
  };
}

function serverContainer({ images, resources }: Cluster, name: string, script: string): k8s.Container {
  return container(name, images.server, images.pullPolicy, resources.mysql, script);
}

function cloningContainer({ images, resources, cloneMethod }: Cluster, name: string, script: string): k8s.Container {
  const image = cloneMethod.usesPlugin ? images.server : images.xtrabackup;
  return { ...container(name, image, images.pullPolicy, resources.xtrabackup, script), env: [POD_IP] };
}

function container(
  name: string,
  image: string | undefined,
  imagePullPolicy: string | undefined,
  resources: ContainerResources,
  script: string,
): k8s.Container {
  return {
    name,
    image,
    imagePullPolicy,
    command: ['bash', '-c', script],
    terminationMessagePolicy: 'FallbackToLogsOnError', // kubectl describe then shows the refusal
    resources: { requests: quantities(resources.requests), limits: quantities(resources.limits) },
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
  };
}

function quantities(amounts: ResourceAmounts = {}): Record<string, k8s.Quantity> | undefined {
  const given = Object.entries({ cpu: amounts.cpu?.amount, memory: amounts.memory?.asString() }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return given.length
    ? Object.fromEntries(given.map(([name, amount]) => [name, k8s.Quantity.fromString(amount)]))
    : undefined;
}
