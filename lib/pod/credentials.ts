import { k8s } from 'cdk8s-plus-28';
import { Cluster } from '../cluster';
import { Contribution } from './contribution';
import { emptyDir, mount } from './volumes';

const DIRECTORY = '/mnt/credentials';

/** `credentials`: mounts the passwords as files, from the Secret. With insecure credentials, init-mysql makes empty files. */
export function credentials(cluster: Cluster): Contribution {
  const { _insecure: insecure } = cluster.credentials;
  const toRead = mount('credentials', DIRECTORY, true);
  return {
    volumes: [{ name: 'credentials', ...source(cluster) }],
    mounts: {
      'init-mysql': [insecure ? mount('credentials', DIRECTORY) : toRead],
      'clone-mysql': [toRead],
      mysql: [toRead],
      xtrabackup: [toRead],
    },
  };
}

/** The Secret is optional, so that init-mysql starts without it and says which key is missing. */
function source({
  credentials: { _insecure: insecure, secretName, _keys: keys },
}: Cluster): Pick<k8s.Volume, 'secret' | 'emptyDir'> {
  if (insecure) return { emptyDir: emptyDir('1Mi', 'Memory') }; // empty files
  return {
    secret: {
      secretName,
      optional: true,
      defaultMode: 0o440,
      items: Object.entries(keys).map(([account, key]) => ({ key, path: `${account}-password` })),
    },
  };
}
