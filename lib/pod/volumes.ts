import { k8s } from 'cdk8s-plus-28';
import { Cluster } from '../cluster';

/** The volumes of every pod besides its claim `data` and those of features. Root file systems are read-only. */
export function volumes({ name }: Cluster): k8s.Volume[] {
  return [
    { name: 'conf', emptyDir: emptyDir('1Mi') }, // four option files
    { name: 'config-map', configMap: { name } },
    { name: 'run', emptyDir: emptyDir('64Mi', 'Memory') }, // sockets, and the log of a backup: a line or two for each table
    { name: 'tmp', emptyDir: emptyDir('1Gi') }, // sockets, logs and option files of temporary servers
  ];
}

/** A directory with a bound. On the node's disk, the kubelet evicts the pod beyond it; in memory, writes fail. */
export function emptyDir(sizeLimit: string, medium?: 'Memory'): k8s.EmptyDirVolumeSource {
  return { medium, sizeLimit: k8s.Quantity.fromString(sizeLimit) };
}

/** A mount of a volume; one that is not `readOnly` can be written. */
export function mount(name: string, mountPath: string, readOnly?: true): k8s.VolumeMount {
  return { name, mountPath, readOnly };
}

/** A field of the pod, with the version that Kubernetes would add: the two are one value for whoever else applies it. */
export function podField(fieldPath: string): k8s.ObjectFieldSelector {
  return { apiVersion: 'v1', fieldPath };
}

/** The mounts of these volumes and of `data`, for all containers. */
export const mounts = {
  /** The root of the volume, where scripts rename data directories. */
  volume: mount('data', '/mnt/data'),
  /** Only the data directory. The kubelet resolves the subPath anew each time a container starts. */
  data: { ...mount('data', '/var/lib/mysql'), subPath: 'mysql' },
  configMap: mount('config-map', '/mnt/config-map'),
  confToWrite: mount('conf', '/mnt/conf.d'),
  conf: mount('conf', '/etc/mysql/conf.d', true),
  /** The client in XtraBackup's image reads this file, and not the directory that the client in the server's image reads. */
  clientCnf: { ...mount('conf', '/etc/mysql/my.cnf', true), subPath: 'client.cnf' },
  run: mount('run', '/var/run/mysqld'),
  tmp: mount('tmp', '/tmp'),
};
