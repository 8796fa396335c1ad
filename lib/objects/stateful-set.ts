import { createHash } from 'crypto';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cluster } from '../cluster';
import { cloneMysqlContainer, initMysqlContainer, mysqlContainer, xtrabackupContainer } from '../pod/containers';
import { statefulSetSpec } from './stateful-set-spec';
import { MY_CNF_HASH, WARNING_ANNOTATION } from '../names';
import { myCnf } from '../pod/my-cnf';
import { seconds } from '../quantities';
import { volumes } from '../pod/volumes';
import { warnings } from '../rules/warnings';

/** The uid and gid of `mysql` in the server's image, which every container runs as. */
const MYSQL_ID = 999;

/** The instances. All but pod template, replicas, update strategy and claim retention is immutable once applied. */
export function statefulSet(scope: Construct, cluster: Cluster): k8s.KubeStatefulSet {
  const { name, namespace, labels, selector, storage } = cluster;
  const warned = warnings(cluster).map(({ text }) => text);
  return new k8s.KubeStatefulSet(scope, 'stateful-set', {
    metadata: {
      name,
      namespace,
      labels,
      annotations: warned.length ? { [WARNING_ANNOTATION]: warned.join('\n') } : undefined,
    },
    spec: statefulSetSpec(
      {
        serviceName: name,
        selector,
        replicas: cluster.replicas,
        podManagementPolicy: cluster.podManagementPolicy,
        partition: cluster.update.partition,
        claims: [{ name: 'data', ...storage }],
        claimRetention: storage.claimRetention,
      },
      {
        metadata: {
          labels: { ...cluster.metadata.podLabels, ...labels },
          annotations: { ...cluster.metadata.podAnnotations, [MY_CNF_HASH]: hash(myCnf(cluster)) },
        },
        spec: podSpec(cluster),
      },
    ),
  });
}

function podSpec(cluster: Cluster): k8s.PodSpec {
  const { scheduling, images } = cluster;
  return {
    initContainers: [initMysqlContainer(cluster), cloneMysqlContainer(cluster)],
    containers: [mysqlContainer(cluster), xtrabackupContainer(cluster)],
    volumes: volumes(cluster),
    securityContext: {
      runAsNonRoot: true,
      runAsUser: MYSQL_ID,
      runAsGroup: MYSQL_ID,
      fsGroup: MYSQL_ID,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    serviceAccountName: cluster.reads.from.replicasOnly ? cluster.name : undefined,
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

function hash(content: object): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);
}
