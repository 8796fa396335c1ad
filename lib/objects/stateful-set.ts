import { createHash } from 'crypto';
import { Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cluster } from '../cluster';
import { AS_WRITTEN, MY_CNF_HASH, WARNING_ANNOTATION } from '../names';
import { myCnf } from '../pod/my-cnf';
import { pod } from '../pod/pod';
import { warnings } from '../rules/warnings';
import { CompleteStatefulSet, statefulSetSpec } from './stateful-set-spec';

/** The instances. All but the pod template, replicas, update strategy and claim retention is immutable once applied. */
export function statefulSet(scope: Construct, cluster: Cluster): k8s.KubeStatefulSet {
  const { name, namespace, labels, metadata, storage } = cluster;
  const warned = warnings(cluster).map(({ text }) => text);
  return new CompleteStatefulSet(scope, 'stateful-set', {
    metadata: {
      name,
      namespace,
      labels,
      annotations: { ...AS_WRITTEN, ...(warned.length ? { [WARNING_ANNOTATION]: warned.join('\n') } : {}) },
    },
    spec: statefulSetSpec({
      serviceName: name,
      selector: { app: name }, // as in the tutorial: immutable, so it cannot gain the labels that other selectors have
      replicas: cluster.replicas,
      podManagementPolicy: cluster.podManagementPolicy,
      partition: cluster.update.partition,
      claims: [{ name: 'data', ...storage }],
      claimRetention: storage.claimRetention,
      template: {
        metadata: {
          labels: { ...metadata.podLabels, ...labels },
          annotations: { ...metadata.podAnnotations, [MY_CNF_HASH]: hash(whatRolls(cluster)) },
        },
        spec: pod(cluster),
      },
    }),
  });
}

/** Options that follow the size of the volume wait for the next start of a pod, so a volume that grows restarts nothing. */
function whatRolls(cluster: Cluster): object {
  return myCnf({ ...cluster, storage: { ...cluster.storage, size: Size.gibibytes(10) } });
}

function hash(content: object): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);
}
