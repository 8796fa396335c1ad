import { k8s } from 'cdk8s-plus-28';
import { Cluster } from '../cluster';
import { Contribution } from './contribution';
import { emptyDir, mount } from './volumes';

/** The scripts read passwords here, from files in memory. With insecure credentials they are empty. */
const DIRECTORY = '/mnt/credentials';

/** The kubelet delivers the Secret here, and each change of it. Only what is whole gets from there to the scripts. */
const DELIVERED = '/mnt/delivered';

/** `credentials`: mounts the passwords as files. */
export function credentials({ credentials: { _insecure, secretName, _keys } }: Cluster): Contribution {
  const files: k8s.Volume = { name: 'credentials', emptyDir: emptyDir('1Mi', 'Memory') };
  const toWrite = mount('credentials', DIRECTORY);
  const toRead = mount('credentials', DIRECTORY, true);
  if (_insecure) {
    const mounts = { 'init-mysql': [toWrite], 'clone-mysql': [toRead], mysql: [toRead], xtrabackup: [toRead] };
    return { volumes: [files], mounts };
  }
  // Optional, so that init-mysql starts without it and says which key is missing.
  const secret: k8s.SecretVolumeSource = {
    secretName,
    optional: true,
    defaultMode: 0o440,
    items: Object.entries(_keys).map(([account, key]) => ({ key, path: `${account}-password` })),
  };
  const both = [toWrite, mount('delivered', DELIVERED, true)];
  return {
    volumes: [files, { name: 'delivered', secret }],
    mounts: { 'init-mysql': both, 'clone-mysql': both, mysql: [toRead], xtrabackup: both },
  };
}
