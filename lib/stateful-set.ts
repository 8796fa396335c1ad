import { createHash } from 'crypto';
import { k8s, PodManagementPolicy } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cluster } from './cluster';
import { cloneMysqlContainer, initMysqlContainer, mysqlContainer, xtrabackupContainer } from './containers';
import { volumes } from './volumes';
import { INSECURE, WARNING_ANNOTATION } from './warnings';

/** The uid and gid of `mysql` in the server's image, which every container runs as. */
const MYSQL_ID = 999;

/** The instances. Everything but its pod template, replicas and update strategy is immutable once applied. */
export function statefulSet(scope: Construct, cluster: Cluster): k8s.KubeStatefulSet {
  const { name, namespace, labels, selector, storage } = cluster;
  const { whenDeleted, whenScaled } = storage.claimRetention;
  const insecure = cluster.credentials.secretName === undefined;
  return new k8s.KubeStatefulSet(scope, 'stateful-set', {
    metadata: { name, namespace, labels, annotations: insecure ? { [WARNING_ANNOTATION]: INSECURE } : undefined },
    spec: {
      selector: { matchLabels: selector },
      serviceName: name,
      replicas: cluster.replicas,
      podManagementPolicy: cluster.podManagementPolicy === PodManagementPolicy.PARALLEL ? 'Parallel' : 'OrderedReady',
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: cluster.partition } },
      persistentVolumeClaimRetentionPolicy: whenDeleted || whenScaled ? { whenDeleted, whenScaled } : undefined,
      template: {
        metadata: {
          labels: { ...cluster.metadata.podLabels, ...labels },
          annotations: { ...cluster.metadata.podAnnotations, 'replicated-mysql/my-cnf-hash': hash(cluster.myCnf) },
        },
        spec: podSpec(cluster),
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: {
            accessModes: storage.accessModes,
            storageClassName: storage.storageClassName,
            resources: { requests: { storage: k8s.Quantity.fromString(storage.size.asString()) } },
          },
        },
      ],
    },
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
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: cluster.gracePeriod,
    imagePullSecrets: images.pullSecrets.length ? images.pullSecrets.map((name) => ({ name })) : undefined,
    affinity: scheduling.affinity,
    tolerations: scheduling.tolerations,
    nodeSelector: scheduling.nodeSelector,
    priorityClassName: scheduling.priorityClassName,
    topologySpreadConstraints: scheduling.topologySpreadConstraints ?? [
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: cluster.selector },
      },
    ],
  };
}

/** A changed my.cnf changes the pod template, and so rolls the pods. */
function hash(content: object): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);
}
