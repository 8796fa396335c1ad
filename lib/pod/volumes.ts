import { k8s } from 'cdk8s-plus-28';
import { Cluster } from '../cluster';

/** The volumes of a pod, beside its claim `data`. The root file systems are read-only: what is written has a place here. */
export function volumes(cluster: Cluster): k8s.Volume[] {
  return [
    { name: 'conf', emptyDir: {} },
    { name: 'config-map', configMap: { name: cluster.name } },
    { name: 'credentials', ...credentialSource(cluster) },
    { name: 'run', emptyDir: { medium: 'Memory' } },
    { name: 'tmp', emptyDir: {} },
    ...(cluster.reads.from.replicasOnly ? [api] : []),
  ];
}

/** What a pod needs to set its own label: a token for the sidecar alone, and whom to give it to. */
const api: k8s.Volume = {
  name: 'api',
  projected: {
    defaultMode: 0o440,
    sources: [
      { serviceAccountToken: { path: 'token', expirationSeconds: 3600 } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      { downwardApi: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
    ],
  },
};

/** Optional, so that init-mysql can say which key is missing. */
function credentialSource({ credentials }: Cluster): Pick<k8s.Volume, 'secret' | 'emptyDir'> {
  if (credentials.secretName === undefined) return { emptyDir: { medium: 'Memory' } };
  return {
    secret: {
      secretName: credentials.secretName,
      optional: true,
      defaultMode: 0o440,
      items: Object.entries(credentials.keys).map(([account, key]) => ({ key, path: `${account}-password` })),
    },
  };
}

const mount = (name: string, mountPath: string, readOnly?: true): k8s.VolumeMount => ({ name, mountPath, readOnly });

/** The mounts of the containers. */
export const mounts = {
  /** The whole volume: data directories are renamed in it. */
  volume: mount('data', '/mnt/data'),
  /** Just the data directory. The kubelet resolves the subPath anew at each start of a container. */
  data: { ...mount('data', '/var/lib/mysql'), subPath: 'mysql' },
  configMap: mount('config-map', '/mnt/config-map'),
  confToWrite: mount('conf', '/mnt/conf.d'),
  conf: mount('conf', '/etc/mysql/conf.d', true),
  /** Where XtraBackup's client, other than the server image's, finds the same client options. */
  clientCnf: { ...mount('conf', '/etc/mysql/my.cnf', true), subPath: 'client.cnf' },
  credentialsToWrite: mount('credentials', '/mnt/credentials'),
  credentials: mount('credentials', '/mnt/credentials', true),
  api: mount('api', '/mnt/api', true),
  run: mount('run', '/var/run/mysqld'),
  tmp: mount('tmp', '/tmp'),
};
