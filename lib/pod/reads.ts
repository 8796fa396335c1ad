import { k8s } from 'cdk8s-plus-28';
import { Cluster } from '../cluster';
import { readServiceName } from '../names';
import { seconds } from '../quantities';
import { Contribution } from './contribution';
import { mount } from './volumes';

/**
 * `reads`: lets the sidecar judge the lag of a replica. With `Reads.fromReplicas()` the sidecar also labels its own pod;
 * only its container mounts the token for that.
 */
export function reads({ name, version, reads: { from, maxLag } }: Cluster): Contribution {
  const lag = maxLag && { maxLag: seconds(maxLag), commitTimestamps: version.facts.commitTimestamps };
  if (!from.replicasOnly) return { sidecar: { lag } };
  return {
    sidecar: { lag, readsLabel: { readService: readServiceName(name), fallBackToPrimary: from.fallBackToPrimary } },
    serviceAccountName: name,
    volumes: [api],
    mounts: { xtrabackup: [mount(api.name, '/mnt/api', true)] },
  };
}

/** A token of the pod's ServiceAccount, the CA certificate of the API server, and the name of the namespace. */
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
