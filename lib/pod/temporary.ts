import { k8s } from 'cdk8s-plus-28';
import { Cluster } from '../cluster';
import { TemporaryFiles } from '../options/storage';
import { mebibytes } from '../quantities';
import { TEMPORARY_FILES } from '../scripts/base/volume';
import { Contribution } from './contribution';
import { emptyDir, mount } from './volumes';

const DIRECTORY = '/mnt/temporary';

/** `storage.temporary`: mounts the directory of the server's temporary files. */
export function temporaryFiles({ storage: { temporary } }: Cluster): Contribution {
  if (temporary._place === 'onVolume') {
    // Not in init-mysql, which makes the directory: the kubelet would, before the volume has proved to be the cluster's.
    return { mounts: { mysql: [{ ...mount('data', DIRECTORY), subPath: TEMPORARY_FILES }] } };
  }
  const mounts = [mount('temporary', DIRECTORY)];
  return { volumes: [{ name: 'temporary', ...source(temporary) }], mounts: { 'init-mysql': mounts, mysql: mounts } };
}

function source({ _place: place, _options: options }: TemporaryFiles): Pick<k8s.Volume, 'emptyDir' | 'ephemeral'> {
  if (place === 'emptyDir') return { emptyDir: emptyDir(options.sizeLimit!.asString()) };
  return {
    ephemeral: {
      volumeClaimTemplate: {
        spec: {
          accessModes: ['ReadWriteOnce'],
          storageClassName: options.storageClassName,
          resources: { requests: { storage: k8s.Quantity.fromString(options.size!.asString()) } },
        },
      },
    },
  };
}

/**
 * The options that lead temporary files there. Sorts, changes of tables, and caches of transactions go by tmpdir; the
 * tables of sessions have files of InnoDB in the data directory unless told otherwise. What remains there, ibtmp1, holds
 * their undo log, and before 8.0.13 the tables as well: a statement for which it is too small fails.
 */
export function temporaryOptions({ storage: { size, temporary } }: Cluster): Record<string, string> {
  return {
    tmpdir: DIRECTORY,
    ...(temporary._place === 'onVolume' ? {} : { 'loose-innodb-temp-tablespaces-dir': DIRECTORY }),
    'innodb-temp-data-file-path': `ibtmp1:12M:autoextend:max:${Math.floor(mebibytes(size) / 4)}M`,
  };
}
