import { k8s } from 'cdk8s-plus-28';
import { Cluster } from '../cluster';
import { readServiceName } from '../names';
import { seconds } from '../quantities';
import { LagParameters } from '../scripts/reads/lag';
import { Contribution } from './contribution';
import { mount, podField } from './volumes';

/** How far behind a replica may be. */
export function lag({ version, reads: { from, maxLag, maxStandstill } }: Cluster): LagParameters {
  return {
    maxStandstill: seconds(maxStandstill),
    maxLag: maxLag && seconds(maxLag),
    commitTimestamps: version._facts.commitTimestamps,
    neverFromPrimary: from._neverFromPrimary,
  };
}

/**
 * `reads`: with `Reads.fromReplicas()` the sidecar labels its own pod; only its container mounts the token for that.
 */
export function reads({ name, reads: { from } }: Cluster): Contribution {
  if (!from._replicasOnly) return {};
  return {
    sidecar: { labels: { readService: readServiceName(name), fallBackToPrimary: from._fallBackToPrimary } },
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
      { downwardApi: { items: [{ path: 'namespace', fieldRef: podField('metadata.namespace') }] } },
    ],
  },
};
