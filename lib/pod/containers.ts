import { k8s } from 'cdk8s-plus-28';
import { Cluster } from '../cluster';
import { CLONE_PORT, MYSQL_PORT, PEER_PORT, READY_PORT } from '../names';
import { ContainerResources, ResourceAmounts } from '../options/resources';
import { seconds } from '../quantities';
import { backupAccount } from '../scripts/accounts/backup-account';
import { cloneMysql } from '../scripts/clone-mysql';
import { initMysql } from '../scripts/init-mysql';
import { liveness } from '../scripts/liveness';
import { mysql } from '../scripts/mysql';
import { preStop } from '../scripts/pre-stop';
import { xtrabackup } from '../scripts/xtrabackup';
import { ContainerName, Contribution } from './contribution';
import { lag } from './reads';
import { certificate } from './tls';
import { mounts, podField } from './volumes';

const POD_IP: k8s.EnvVar = { name: 'POD_IP', valueFrom: { fieldRef: podField('status.podIP') } };

/** Configures the server, and initializes an empty primary. */
export function initMysqlContainer(cluster: Cluster): k8s.Container {
  const { _facts: facts } = cluster.version;
  const script = initMysql({
    service: cluster.name,
    serverIdBase: cluster.serverIdBase,
    credentials: cluster.credentials,
    initFile: facts.initFile,
    otherEngines: facts.options['disabled-storage-engines'],
    persists: 'persisted-globals-load' in facts.options,
    locksOldAccountsOut: facts.locksOldAccountsOut,
    backup: backupAccount(cluster.cloneMethod, facts),
    certificate: certificate(cluster),
  });
  return {
    ...serverContainer(cluster, 'init-mysql', script),
    env: [POD_IP],
    volumeMounts: [mounts.volume, mounts.confToWrite, mounts.configMap, mounts.tmp],
  };
}

/** Fills an empty volume with a clone: of a replica always, of the primary when it is restored. */
export function cloneMysqlContainer(cluster: Cluster): k8s.Container {
  const script = cloneMysql({
    service: cluster.name,
    method: cluster.cloneMethod,
    image: cloningImage(cluster),
    credentials: cluster.credentials,
  });
  return {
    ...cloningContainer(cluster, 'clone-mysql', script),
    volumeMounts: [mounts.volume, mounts.configMap, mounts.tmp],
  };
}

/** The server. */
export function mysqlContainer(cluster: Cluster): k8s.Container {
  const waiting = seconds(cluster.termination.preStop);
  const left = seconds(cluster.termination.gracePeriod) - waiting;
  const stop = preStop({
    service: cluster.name,
    seconds: waiting,
    applying: Math.floor(left / 2), // the server needs the other half to shut down
    statements: cluster.version._facts.statements,
  });
  return {
    ...serverContainer(cluster, 'mysql', mysql(cluster.credentials)),
    ports: [{ name: 'mysql', containerPort: MYSQL_PORT }],
    volumeMounts: [mounts.data, mounts.conf, mounts.run, mounts.tmp],
    // Recovery after a crash may take hours, so liveness begins when the server has answered once.
    startupProbe: {
      tcpSocket: { port: port(MYSQL_PORT) },
      periodSeconds: 1,
      failureThreshold: 4 * 3600,
      timeoutSeconds: 5,
    },
    // It starts processes, so it is rare: it only has to find a server that hangs.
    livenessProbe: {
      exec: { command: ['bash', '-c', liveness] },
      periodSeconds: 60,
      timeoutSeconds: 20,
      failureThreshold: 3,
    },
    readinessProbe: {
      tcpSocket: { port: port(READY_PORT) },
      periodSeconds: cluster.cloneMethod._usesPlugin ? 1 : 2, // with socat, each connection starts a process
      timeoutSeconds: 5,
    },
    lifecycle: { preStop: { exec: { command: ['bash', '-c', stop] } } },
  };
}

/** The sidecar: opens the primary, keeps replicas replicating, and serves clones. */
export function xtrabackupContainer(cluster: Cluster, features: readonly Contribution[]): k8s.Container {
  const script = xtrabackup({
    service: cluster.name,
    method: cluster.cloneMethod,
    image: cloningImage(cluster),
    backup: backupAccount(cluster.cloneMethod, cluster.version._facts),
    waitForPeers: cluster.opening.waitForPeers && seconds(cluster.opening.waitForPeers),
    credentials: cluster.credentials,
    facts: cluster.version._facts,
    lag: lag(cluster),
    ...features.reduce((parameters, { sidecar }) => ({ ...parameters, ...sidecar }), {}),
  });
  return {
    ...cloningContainer(cluster, 'xtrabackup', script),
    ports: [
      { name: 'xtrabackup', containerPort: PEER_PORT },
      { name: 'ready', containerPort: READY_PORT },
      ...(cluster.cloneMethod._usesPlugin ? [] : [{ name: 'clone', containerPort: CLONE_PORT }]),
    ],
    volumeMounts: [mounts.volume, mounts.data, mounts.conf, mounts.configMap, mounts.run, mounts.tmp],
  };
}

function serverContainer({ images, resources }: Cluster, name: ContainerName, script: string): k8s.Container {
  return container(name, images.server, images.pullPolicy, resources.mysql, script);
}

function cloningContainer(cluster: Cluster, name: ContainerName, script: string): k8s.Container {
  const { images, resources } = cluster;
  return { ...container(name, cloningImage(cluster), images.pullPolicy, resources.xtrabackup, script), env: [POD_IP] };
}

/** A rule makes sure that there is one. */
function cloningImage({ images: { server, xtrabackup = '' }, cloneMethod }: Cluster): string {
  return cloneMethod._usesPlugin ? server : xtrabackup;
}

const port = (number: number) => k8s.IntOrString.fromNumber(number);

function container(
  name: ContainerName,
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
  const given = Object.entries({
    cpu: amounts.cpu?.amount,
    memory: amounts.memory?.asString(),
    'ephemeral-storage': amounts.ephemeralStorage?.asString(),
  }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length
    ? Object.fromEntries(given.map(([name, amount]) => [name, k8s.Quantity.fromString(amount)]))
    : undefined;
}
